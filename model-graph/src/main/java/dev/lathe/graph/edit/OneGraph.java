package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.GraphCycleException;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
        return change(model, graph, change, g -> g);
    }

    /// @param after what is done to the changed graph beside
    static Model change(Model model, Graph graph, Change change, UnaryOperator<Graph> after) throws LatheException {
        try {
            return changed(model, graph, change, after);
        } catch (GraphCycleException e) {
            throw new LatheException(
                    Diagnostic.error("edit-cycle", String.valueOf(e.getMessage()), Place.nowhere()), e);
        }
    }

    private static Model changed(Model model, Graph graph, Change change, UnaryOperator<Graph> after)
            throws LatheException {
        IdSpace ids = model.newIds();
        if (graph == model.graph()) {
            return model.withGraph(after.apply(committed(graph, ids, change)));
        }
        EveryGraph.Change here = (g, unused) -> g == graph ? after.apply(committed(g, ids, change)) : g;
        if (has(model.graph(), graph)) {
            return EveryGraph.rewrite(model, here);
        }
        List<Function> functions = new ArrayList<>();
        for (Function f : model.functions()) {
            functions.add(
                    has(f.body(), graph)
                            ? f.withBody(EveryGraph.rewrite(model.withGraph(f.body()), here)
                                    .graph())
                            : f);
        }
        return model.withFunctions(functions);
    }

    private static boolean has(Graph root, Graph graph) {
        return root == graph
                || root.nodes().stream().anyMatch(n -> n.subgraphs().stream().anyMatch(g -> has(g, graph)));
    }

    /// The graph that defines a value, if any of the model does.
    static Optional<Graph> holding(Model model, ValueId value) {
        List<Graph> found = new ArrayList<>();
        Stream.concat(Stream.of(model.graph()), model.functions().stream().map(Function::body))
                .forEach(root -> root.forEachGraph(g -> g.value(value).ifPresent(v -> found.add(g))));
        return found.stream().findFirst();
    }

    private static Graph committed(Graph graph, IdSpace ids, Change change) throws LatheException {
        Editor editor = graph.edit(ids);
        change.apply(editor, ids);
        return editor.commit();
    }
}
