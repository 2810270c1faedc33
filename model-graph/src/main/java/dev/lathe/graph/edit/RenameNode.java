package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.text.GraphText;

/// Calls a node by another name.
public record RenameNode(String node, String name) implements Edit {
    @Override
    public String text() {
        return "rename node " + GraphText.name(node) + " to " + GraphText.name(name);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.NodeAt at = ModelNames.of(model).node(node);
        if (at.graph().nodes().stream()
                .anyMatch(n ->
                        n.shownName().equals(name) && !n.id().equals(at.node().id()))) {
            throw new LatheException(Diagnostic.error(
                    "edit-name-taken",
                    "there is a node '" + name + "' already",
                    new Place.AtNode(node, at.node().op())));
        }
        return OneGraph.change(
                model, at.graph(), (editor, ids) -> editor.replace(at.node().withName(name)));
    }
}
