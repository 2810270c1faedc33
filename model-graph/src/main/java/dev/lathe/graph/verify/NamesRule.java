package dev.lathe.graph.verify;

import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Values have names of their own, also against the graphs around them; what goes in and out of the model has a type.
final class NamesRule implements Rule {
    /// Before this IR version an initializer was the default of an input.
    private static final int FREE_INITIALIZERS = 4;

    @Override
    public void check(Subject s) {
        Graph main = s.model().graph();
        main.inputs().stream()
                .filter(id -> untyped(main, id))
                .forEach(id -> s.error("type-missing", "the model's input has no type", place(main, id)));
        // A runtime can find out itself.
        main.outputs().stream()
                .filter(id -> untyped(main, id))
                .forEach(id -> s.warning("type-missing", "the model's output has no type", place(main, id)));
        if (s.model().irVersion() < FREE_INITIALIZERS) {
            Set<ValueId> inputs = new HashSet<>(main.inputs());
            main.initializers().keySet().stream()
                    .filter(id -> !inputs.contains(id))
                    .forEach(id -> s.warning(
                            "initializer-not-input",
                            "before IR version 4 an initializer must be an input of the graph as well",
                            place(main, id)));
        }
        shadows(s, main, new HashSet<>(), new HashSet<>());
        s.model().functions().forEach(f -> shadows(s, f.body(), new HashSet<>(), new HashSet<>()));
    }

    private static boolean untyped(Graph main, ValueId id) {
        return main.value(id)
                .filter(v -> v.declared() instanceof ValueType.UnknownType)
                .isPresent();
    }

    private static Place place(Graph main, ValueId id) {
        return new Place.AtValue(main.nameOf(id));
    }

    /// A name inside a node that is one around it: runtimes refuse it where a node computes it inside and it
    /// is defined before the node outside; the rest is only forbidden by the standard.
    ///
    /// @param outside all names around
    /// @param before those that are defined before; as it was, afterwards
    private static void shadows(Subject s, Graph graph, Set<String> outside, Set<String> before) {
        Set<String> names = new HashSet<>();
        for (Value v : graph.values()) {
            if (!v.name().isEmpty() && names.add(v.name()) && outside.contains(v.name())) {
                boolean computed = graph.producer(v.id()).isPresent();
                shadow(s, v, computed && before.contains(v.name()));
            }
        }
        if (graph.nodes().stream().allMatch(n -> n.subgraphs().isEmpty())) {
            return;
        }
        names.removeAll(outside);
        outside.addAll(names);
        Set<String> own = new HashSet<>();
        Consumer<ValueId> defined = id -> {
            if (id.isPresent() && before.add(graph.nameOf(id))) {
                own.add(graph.nameOf(id));
            }
        };
        graph.inputs().forEach(defined);
        graph.initializers().keySet().forEach(defined);
        for (Node n : graph.nodes()) {
            n.subgraphs().forEach(sub -> shadows(s, sub, outside, before));
            n.outputs().forEach(defined);
        }
        before.removeAll(own);
        outside.removeAll(names);
    }

    private static void shadow(Subject s, Value v, boolean refused) {
        String sentence = "a graph inside a node defines a value of the same name as one around it";
        if (refused) {
            s.error("name-shadowed", sentence, new Place.AtValue(v.name()));
        } else {
            s.warning("name-shadowed", sentence, new Place.AtValue(v.name()));
        }
    }
}
