package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import java.util.ArrayList;
import java.util.List;

/// Changes one graph of a model: the main graph, one inside a node, or one of a model-local function.
final class OneGraph {
    private OneGraph() {}

    /// What is done to the graph.
    @FunctionalInterface
    interface Change {
        void apply(Editor editor, IdSpace ids) throws LatheException;
    }

    /// @param graph one of the model's
    /// @throws LatheException what the change throws, and when it makes a cycle
    static Model change(Model model, Graph graph, Change change) throws LatheException {
        IdSpace ids = model.newIds();
        EveryGraph.Change here = (g, unused) -> g == graph ? committed(g, ids, change) : g;
        List<Function> functions = new ArrayList<>();
        for (Function f : model.functions()) {
            Graph body = EveryGraph.rewrite(model.withGraph(f.body()), here).graph();
            functions.add(body == f.body() ? f : f.withBody(body));
        }
        return EveryGraph.rewrite(model, here).withFunctions(functions);
    }

    private static Graph committed(Graph graph, IdSpace ids, Change change) throws LatheException {
        Editor editor = graph.edit(ids);
        change.apply(editor, ids);
        try {
            return editor.commit();
        } catch (IllegalStateException e) {
            throw new LatheException(
                    Diagnostic.error("edit-cycle", String.valueOf(e.getMessage()), Place.nowhere()), e);
        }
    }
}
