package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Model;
import dev.lathe.graph.text.GraphText;
import java.util.stream.Collectors;

/// Takes an attribute away from a node, so that its default counts.
public record RemoveAttribute(String node, String attribute) implements Edit {
    @Override
    public String text() {
        return "unset " + GraphText.name(node) + " " + GraphText.name(attribute);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.NodeAt at = ModelNames.of(model).node(node);
        Attrs attrs = at.node().attrs();
        if (!attrs.has(attribute)) {
            String has = attrs.entries().stream().map(Attrs.Entry::name).collect(Collectors.joining(", "));
            throw new LatheException(Diagnostic.error(
                    "edit-unknown",
                    "the node has no attribute '" + attribute + "'; it has " + (has.isEmpty() ? "none" : has),
                    new Place.AtNode(node, at.node().op())));
        }
        return OneGraph.change(
                model, at.graph(), (editor, ids) -> editor.replace(at.node().withAttrs(attrs.without(attribute))));
    }
}
