package dev.lathe.profile.memory;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What ONNX Runtime knows of the shapes of a graph when it opens it, which is less than what ours infers: a dimension
/// without a name, one that is computed, and one that meets such a one are unknown to it from there on.
final class KnownShapes {
    /// Their result's shape lies in a tensor: the runtime follows it only where that is a constant.
    private static final Set<String> BY_CONTENT = Set.of(
            "Reshape", "Expand", "Slice", "Tile", "Pad", "Resize", "Upsample", "ConstantOfShape", "Range", "TopK");

    private final Map<ValueId, ValueType> known = new HashMap<>();
    private final Function<ValueId, ValueType> inferred;

    /// @param inferred our types of the same graph with no size set
    KnownShapes(Graph graph, Function<ValueId, ValueType> inferred) {
        this.inferred = inferred;
        follow(graph);
    }

    ValueType of(ValueId v) {
        return known.getOrDefault(v, ValueType.unknown());
    }

    private void follow(Graph graph) {
        graph.inputs().forEach(i -> known.put(i, declared(graph, i)));
        graph.initializers().forEach((id, t) -> known.put(id, inferred.apply(id)));
        for (Node n : graph.nodes()) {
            n.subgraphs().forEach(this::follow);
            boolean followed = n.subgraphs().isEmpty()
                    && n.inputs().stream().filter(ValueId::isPresent).allMatch(v -> isWhole(of(v).shape()))
                    && !(BY_CONTENT.contains(n.op()) && readsComputed(graph, n));
            for (ValueId out : n.outputs()) {
                if (out.isPresent()) {
                    ValueType told = declared(graph, out);
                    known.put(out, isWhole(told.shape()) ? told : kept(inferred.apply(out), followed));
                }
            }
        }
    }

    private static ValueType declared(Graph graph, ValueId v) {
        return graph.value(v).map(d -> d.declared()).orElse(ValueType.unknown());
    }

    private static boolean readsComputed(Graph graph, Node n) {
        return n.inputs().stream()
                .skip(n.op().equals("ConstantOfShape") || n.op().equals("Range") ? 0 : 1)
                .anyMatch(v -> v.isPresent() && graph.initializer(v).isEmpty());
    }

    private static boolean isWhole(Shape shape) {
        return shape instanceof Shape.Ranked(List<Dim> dims)
                && dims.stream().allMatch(d -> d instanceof Dim.Fixed || d instanceof Dim.Symbol);
    }

    /// Sizes that are fixed whatever comes in are known in any case.
    private static ValueType kept(ValueType type, boolean names) {
        if (type instanceof ValueType.TensorType t && t.shape() instanceof Shape.Ranked(List<Dim> dims)) {
            List<Dim> left = dims.stream()
                    .map(d -> d instanceof Dim.Fixed || names && d instanceof Dim.Symbol ? d : Dim.unknown())
                    .toList();
            return new ValueType.TensorType(t.dtype(), Shape.of(left));
        }
        return type;
    }
}
