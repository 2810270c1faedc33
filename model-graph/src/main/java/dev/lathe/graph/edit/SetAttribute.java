package dev.lathe.graph.edit;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Model;
import dev.lathe.graph.text.GraphText;

/// Gives an attribute of a node a value, which it may have had none of.
public record SetAttribute(String node, String attribute, Attr value) implements Edit {
    @Override
    public String text() {
        return "set " + GraphText.name(node) + " " + GraphText.name(attribute) + " = " + GraphText.print(value);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.NodeAt at = ModelNames.of(model).node(node);
        return OneGraph.change(
                model,
                at.graph(),
                (editor, ids) ->
                        editor.replace(at.node().withAttrs(at.node().attrs().with(attribute, value))));
    }
}
