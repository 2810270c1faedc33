package dev.lathe.graph.analyze;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.io.onnx.SparseShapes;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The sparse initializers of a graph: values that neither come from anywhere nor are held as tensors, since the graph
/// keeps them in wire form.
final class SparseWeights {
    private SparseWeights() {}

    /// Each that is used, with what it is once unpacked; empty where that cannot be counted.
    static Map<ValueId, Optional<Tensor>> used(Graph graph) {
        Map<String, Tensor> unpacked = SparseShapes.ofGraph(graph.extra());
        Set<ValueId> given = new HashSet<>(graph.inputs());
        Map<ValueId, Optional<Tensor>> found = new LinkedHashMap<>();
        for (Value v : graph.values()) {
            if (!given.contains(v.id())
                    && !graph.initializers().containsKey(v.id())
                    && graph.producer(v.id()).isEmpty()
                    && (!graph.consumers(v.id()).isEmpty() || graph.isOutput(v.id()))) {
                found.put(v.id(), Optional.ofNullable(unpacked.get(v.name())));
            }
        }
        return found;
    }

    /// Those that can be counted.
    static Map<ValueId, Tensor> of(Graph graph) {
        Map<ValueId, Tensor> known = new LinkedHashMap<>();
        if (!graph.extra().isEmpty()) {
            used(graph).forEach((id, tensor) -> tensor.ifPresent(t -> known.put(id, t)));
        }
        return known;
    }
}
