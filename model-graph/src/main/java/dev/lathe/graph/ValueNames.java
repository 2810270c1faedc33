package dev.lathe.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The name of every value in a file or text: the value's own, unless another of the same graph has it
/// already or it would hide an outer value that the graph uses; then with `_2`, `_3` … behind. Inputs and
/// outputs keep theirs.
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
        n.assign(graph);
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

    private void assign(Graph graph) {
        Set<String> used = new HashSet<>();
        for (ValueId captured : graph.captures()) {
            used.add(of(captured));
        }
        for (ValueId id : graph.inputs()) {
            graph.value(id).ifPresent(v -> assign(v, used));
        }
        for (ValueId id : graph.outputs()) {
            graph.value(id).ifPresent(v -> assign(v, used));
        }
        for (Value v : graph.values()) {
            boolean defined = graph.producer(v.id()).isPresent()
                    || graph.initializer(v.id()).isPresent();
            if (defined) {
                assign(v, used);
            } else {
                // Only declared (about a value of an outer graph, or defined by a field that we keep as it is).
                names.putIfAbsent(v.id(), v.name());
            }
        }
        for (Node n : graph.nodes()) {
            n.subgraphs().forEach(this::assign);
        }
    }

    private void assign(Value value, Set<String> used) {
        if (names.containsKey(value.id())) {
            return;
        }
        String wanted = value.name().isEmpty() ? "value" : value.name();
        String name = wanted;
        if (value.name().isEmpty() || used.contains(name)) {
            for (int i = 2; everywhere.contains(name) || used.contains(name); i++) {
                name = wanted + "_" + i;
            }
            everywhere.add(name);
        }
        used.add(name);
        names.put(value.id(), name);
    }
}
