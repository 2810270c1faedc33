package dev.lathe.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The name of every value in a file or text: the value's own, unless another of the same graph has it
/// already, it would hide an outer value that the graph uses, or a node computes it and something before it in a graph
/// around has the name (runtimes refuse that); then with `_2`, `_3` … behind. Inputs and outputs of the outermost graph
/// keep theirs.
public final class ValueNames {
    private final Map<ValueId, String> names = new HashMap<>();
    private final Set<String> everywhere = new HashSet<>();

    private ValueNames() {}

    /// Names for `graph` and all graphs inside it. A value of a graph around it, which only its id is known
    /// of, becomes `outer_n`.
    public static ValueNames of(Graph graph) {
        ValueNames n = new ValueNames();
        graph.forEachGraph(g -> g.values().forEach(v -> n.everywhere.add(v.name())));
        graph.captures().forEach(c -> n.names.put(c, "outer_" + c.index()));
        n.assign(graph, new HashSet<>());
        return n;
    }

    /// Empty for an optional input or output that is left out.
    public String of(ValueId id) {
        if (!id.isPresent()) {
            return "";
        }
        String name = names.get(id);
        if (name == null) {
            throw new IllegalStateException("no graph around its user defines value " + id.index());
        }
        return name;
    }

    /// @param around names that are defined before in the graphs around; as it was, afterwards
    private void assign(Graph graph, Set<String> around) {
        Set<String> used = new HashSet<>();
        for (ValueId captured : graph.captures()) {
            used.add(of(captured));
        }
        for (ValueId id : graph.inputs()) {
            graph.value(id).ifPresent(v -> assign(v, used, Set.of()));
        }
        for (ValueId id : graph.outputs()) {
            graph.value(id).ifPresent(v -> assign(v, used, hidden(graph, v, around)));
        }
        for (Value v : graph.values()) {
            boolean defined = graph.producer(v.id()).isPresent()
                    || graph.initializer(v.id()).isPresent();
            if (defined) {
                assign(v, used, hidden(graph, v, around));
            } else {
                // Only declared (about a value of an outer graph, or defined by a field that we keep as it is).
                names.putIfAbsent(v.id(), v.name());
            }
        }
        if (graph.nodes().stream().anyMatch(n -> !n.subgraphs().isEmpty())) {
            inside(graph, around);
        }
    }

    private void inside(Graph graph, Set<String> around) {
        Set<String> own = new HashSet<>();
        Consumer<ValueId> defined = id -> {
            if (id.isPresent() && around.add(of(id))) {
                own.add(of(id));
            }
        };
        graph.inputs().forEach(defined);
        graph.initializers().keySet().forEach(defined);
        for (Node n : graph.nodes()) {
            n.subgraphs().forEach(g -> assign(g, around));
            n.outputs().forEach(defined);
        }
        around.removeAll(own);
    }

    private static Set<String> hidden(Graph graph, Value value, Set<String> around) {
        return graph.producer(value.id()).isPresent() ? around : Set.of();
    }

    private void assign(Value value, Set<String> used, Set<String> around) {
        if (names.containsKey(value.id())) {
            return;
        }
        String wanted = value.name().isEmpty() ? "value" : value.name();
        String name = wanted;
        if (value.name().isEmpty() || used.contains(name) || around.contains(name)) {
            for (int i = 2; everywhere.contains(name) || used.contains(name) || around.contains(name); i++) {
                name = wanted + "_" + i;
            }
            everywhere.add(name);
        }
        used.add(name);
        names.put(value.id(), name);
    }
}
