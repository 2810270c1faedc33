package dev.lathe.profile;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.data.Weights;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The model that an engine saved, without holding on to its file: that lies in the folder of a worker, which goes with
/// it. Large weights are the source's where they have the same name and size; of others only the size stays.
public final class EngineModel {
    /// Smaller tensors are kept as they are: shapes and scalars, which say what a graph does.
    private static final long SMALL = 4096;

    private final Map<String, Tensor> source = new HashMap<>();
    private final Set<String> defaults = new HashSet<>();

    private EngineModel(Model source) {
        source.graph().inputs().stream()
                .filter(i -> source.graph().initializer(i).isPresent())
                .forEach(i -> defaults.add(source.graph().nameOf(i)));
        source.graph().forEachGraph(g -> g.initializers().forEach((id, t) -> this.source.putIfAbsent(g.nameOf(id), t)));
    }

    public static Model apart(Model engines, Model source) {
        return engines.withGraph(new EngineModel(source).apart(engines.graph()));
    }

    private Graph apart(Graph g) {
        Map<ValueId, Tensor> weights = new LinkedHashMap<>();
        g.initializers().forEach((id, t) -> weights.put(id, apart(g.nameOf(id), t)));
        Map<ValueId, Value> values = new LinkedHashMap<>();
        g.values().forEach(v -> values.put(v.id(), v));
        List<Node> nodes = g.nodes().stream().map(this::apart).toList();
        // Inputs that had a value of their own, and that the engine has folded away, are nobody's any more.
        List<ValueId> inputs = g.inputs().stream()
                .filter(i -> !defaults.contains(g.nameOf(i)) || weights.containsKey(i) || isUsed(g, i))
                .toList();
        return new Graph(g.name(), g.doc(), inputs, g.outputs(), nodes, values, weights, g.extra());
    }

    private static boolean isUsed(Graph g, ValueId input) {
        return g.isOutput(input)
                || !g.consumers(input).isEmpty()
                || g.nodes().stream()
                        .flatMap(n -> n.subgraphs().stream())
                        .anyMatch(b -> b.captures().contains(input));
    }

    private Node apart(Node n) {
        return n.withAttrs(new Attrs(n.attrs().entries().stream()
                .map(e -> new Attrs.Entry(e.name(), apart(e), e.extra()))
                .toList()));
    }

    private Attr apart(Attrs.Entry e) {
        return switch (e.value()) {
            case Attr.GraphAttr(Graph body) -> new Attr.GraphAttr(apart(body));
            case Attr.GraphsAttr(List<Graph> bodies) ->
                new Attr.GraphsAttr(bodies.stream().map(this::apart).toList());
            case Attr.TensorAttr(Tensor t) -> new Attr.TensorAttr(apart("", t));
            default -> e.value();
        };
    }

    private Tensor apart(String name, Tensor t) {
        if (!(t.data() instanceof Weights.Mapped m)) {
            return t;
        }
        if (m.byteSize() <= SMALL) {
            return Tensor.of(
                    t.dtype(), t.dims(), Weights.Heap.of(m.bytes().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)));
        }
        Tensor same = source.get(name);
        return same != null && same.dtype() == t.dtype() && same.dims().equals(t.dims())
                ? same
                : Tensor.of(t.dtype(), t.dims(), new Weights.Missing(m.byteSize(), "the engine keeps it to itself"));
    }
}
