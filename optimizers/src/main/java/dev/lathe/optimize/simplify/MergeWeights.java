package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.edit.EveryGraph;
import dev.lathe.optimize.PassContext;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `W₁ = W₂ → W₁ twice`: weights of equal type, extents and bytes are kept once in each graph.
final class MergeWeights implements Simplification {
    /// Different large weights differ early, so their beginnings tell them apart without reading the file.
    private static final long HEAD_BYTES = 512;

    private record Key(DType dtype, List<Long> dims, int head) {}

    @Override
    public Model apply(Model model, PassContext context) throws LatheException {
        return EveryGraph.rewrite(model, (graph, ids) -> merge(graph, ids, context));
    }

    private static Graph merge(Graph graph, IdSpace ids, PassContext context) {
        Set<ValueId> fixedNames = new HashSet<>(graph.inputs());
        fixedNames.addAll(graph.outputs());
        Map<Key, List<ValueId>> seen = new HashMap<>();
        Editor edit = graph.edit(ids);
        for (Map.Entry<ValueId, Tensor> e : graph.initializers().entrySet()) {
            context.job().checkCancelled();
            Tensor t = e.getValue();
            if (fixedNames.contains(e.getKey()) || !t.data().isPresent() || t.dtype() == DType.STRING) {
                continue;
            }
            MemorySegment bytes = t.data().bytes();
            byte[] head = bytes.asSlice(0, Math.min(HEAD_BYTES, bytes.byteSize()))
                    .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            List<ValueId> alike =
                    seen.computeIfAbsent(new Key(t.dtype(), t.dims(), Arrays.hashCode(head)), k -> new ArrayList<>(1));
            Optional<ValueId> equal = alike.stream()
                    .filter(v -> graph.initializer(v)
                            .filter(o -> o.data().bytes().mismatch(bytes) < 0)
                            .isPresent())
                    .findFirst();
            if (equal.isEmpty()) {
                alike.add(e.getKey());
            } else if (edit.redirect(e.getKey(), equal.get())) {
                edit.removeInitializer(e.getKey());
            }
        }
        return edit.commit();
    }
}
