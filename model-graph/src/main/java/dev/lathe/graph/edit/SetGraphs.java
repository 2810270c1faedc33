package dev.lathe.graph.edit;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.text.GraphText;

/// Gives an attribute of a node a graph (the branch of an If, the body of a Loop), or several. The graph may
/// use what its node may use.
///
/// @param graphs as in a graph text, e.g. `graph yes () -> (a) { a = Relu(t) }`
public record SetGraphs(String node, String attribute, String graphs) implements Edit {
    @Override
    public String text() {
        return "set " + GraphText.name(node) + " " + GraphText.name(attribute) + " = " + graphs;
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.NodeAt at = ModelNames.of(model).node(node);
        return OneGraph.change(
                model,
                at.graph(),
                (editor, ids) -> editor.replace(at.node()
                        .withAttrs(at.node()
                                .attrs()
                                .with(
                                        attribute,
                                        GraphText.parseAttr(graphs, ModelNames.scope(at.root(), at.graph()), ids)))));
    }
}
