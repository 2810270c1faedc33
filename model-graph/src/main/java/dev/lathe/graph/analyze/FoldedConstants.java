package dev.lathe.graph.analyze;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a runtime computes from constants when it loads a model, and then keeps beside the weights: how many bytes.
///
/// ONNX Runtime computes a node at load when all its inputs are constants, it holds no graph and gives the same in
/// every run, and none of its outputs is larger than 1 GiB (`optimization.constant_folding_max_output_size_in_bytes`,
/// since 1.27; earlier ones had no limit). Only what another node or the caller still needs stays in memory. What is
/// larger, or of unknown size, is computed in every run and is an activation.
final class FoldedConstants {
    private static final long MOST_BYTES = 1L << 30;

    private final ShapeInference.Result types;
    private final Map<Scope, Long> calls = new IdentityHashMap<>();

    FoldedConstants(ShapeInference.Result types) {
        this.types = types;
    }

    /// Whether a result of this type is computed at load where nothing else speaks against it.
    static boolean fits(ValueType type) {
        return CostContext.bytes(type).fixed().orElse(Long.MAX_VALUE) <= MOST_BYTES;
    }

    /// Bytes of all that is computed at load and kept, in subgraphs and in every call of a function too.
    long bytes(Graph main) {
        return bytes(main, types.scope(), new HashSet<>());
    }

    private static boolean areConstant(List<ValueId> values, Scope scope) {
        for (ValueId v : values) {
            if (v.isPresent() && !scope.isConstant(v)) {
                return false;
            }
        }
        return true;
    }

    private long bytes(Graph graph, Scope scope, Set<ValueId> counted) {
        long sum = 0;
        for (Node node : graph.nodes()) {
            if (!areConstant(node.outputs(), scope)) {
                sum = plus(sum, kept(node.inputs(), scope, counted));
            }
            for (Graph body : node.subgraphs()) {
                sum = plus(sum, bytes(body, scope, counted));
            }
            sum = plus(
                    sum,
                    types.function(node)
                            .flatMap(f -> scope.call(node.id()).map(inside -> ofCall(f.body(), inside)))
                            .orElse(0L));
        }
        return plus(sum, kept(graph.outputs(), scope, counted));
    }

    /// Functions that call each other twice make more than can be counted of a few lines: the sum then stays at the
    /// most, which no machine has.
    private static long plus(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }

    private long ofCall(Graph body, Scope inside) {
        Long before = calls.get(inside);
        if (before != null) {
            return before;
        }
        long bytes = bytes(body, inside, new HashSet<>());
        calls.put(inside, bytes);
        return bytes;
    }

    private static long kept(List<ValueId> needed, Scope scope, Set<ValueId> counted) {
        long sum = 0;
        for (ValueId id : needed) {
            if (scope.isFolded(id) && counted.add(id)) {
                sum = plus(
                        sum, CostContext.bytes(scope.known(id).type()).fixed().orElse(0));
            }
        }
        return sum;
    }
}
