package dev.lathe.graph.verify;

import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.io.onnx.KeptNames;
import java.util.HashSet;
import java.util.Set;

/// Every tensor that is used is defined exactly once, before its use, in the same graph or one around it: as
/// an input, a constant or what a node computes. Files in which it is not so cannot be opened; what is
/// changed here could come to be so.
final class DefinitionsRule implements Rule {
    @Override
    public void check(Subject s) {
        graph(s, s.model().graph(), new HashSet<>());
        s.model().functions().forEach(f -> {
            f.body()
                    .initializers()
                    .keySet()
                    .forEach(id -> s.error(
                            "function-constant",
                            "the function " + f.name() + " has a constant of its own, which a file cannot hold",
                            place(f.body(), id)));
            graph(s, f.body(), new HashSet<>());
        });
    }

    /// @param known values that are defined so far, also around this graph; those of this one are taken out
    ///     again
    private static void graph(Subject s, Graph graph, Set<ValueId> known) {
        Set<ValueId> own = new HashSet<>();
        Set<ValueId> inputs = new HashSet<>(graph.inputs());
        for (ValueId in : graph.inputs()) {
            define(s, graph, in, known, own);
        }
        for (ValueId constant : graph.initializers().keySet()) {
            // That of an input is its default.
            if (!inputs.contains(constant)) {
                define(s, graph, constant, known, own);
            }
        }
        sparse(s, graph, known, own);
        for (Node n : graph.nodes()) {
            n.inputs().forEach(in -> used(s, graph, in, known, "uses"));
            n.subgraphs().forEach(body -> graph(s, body, known));
            n.outputs().stream().filter(ValueId::isPresent).forEach(out -> define(s, graph, out, known, own));
        }
        graph.outputs().forEach(out -> used(s, graph, out, known, "gives"));
        known.removeAll(own);
    }

    /// Sparse constants are kept in wire form: they go by name.
    private static void sparse(Subject s, Graph graph, Set<ValueId> known, Set<ValueId> own) {
        Set<String> names = KeptNames.sparse(graph.extra());
        if (names.isEmpty()) {
            return;
        }
        Set<String> found = new HashSet<>();
        for (Value v : graph.values()) {
            if (names.contains(v.name()) && found.add(v.name()) && !graph.isInput(v.id())) {
                define(s, graph, v.id(), known, own);
            }
        }
        names.stream()
                .filter(n -> !found.contains(n))
                .forEach(n -> s.error(
                        "sparse-constant-unknown",
                        "a sparse constant of this name is kept, but no tensor has the name",
                        new Place.AtValue(n)));
    }

    private static void define(Subject s, Graph graph, ValueId id, Set<ValueId> known, Set<ValueId> own) {
        if (known.add(id)) {
            own.add(id);
        } else {
            s.error("value-twice", "it is defined twice", place(graph, id));
        }
    }

    private static void used(Subject s, Graph graph, ValueId id, Set<ValueId> known, String does) {
        if (id.isPresent() && !known.contains(id)) {
            s.error("value-undefined", "the graph " + does + " it, but nothing before defines it", place(graph, id));
        }
    }

    private static Place place(Graph graph, ValueId id) {
        return new Place.AtValue(graph.nameOf(id));
    }
}
