package dev.lathe.profile;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What part of a fused kernel's time each layer behind it gets.
///
/// The tensors between the layers of a fused kernel are never written, so the parts follow the layers' arithmetic:
/// bytes would give a Relu that is done in passing as much as the Conv that it is done with. Where a contraction takes
/// in a scaling or shifting by constants (a BatchNormalization, a bias), that is no longer done at all: it is in the
/// contraction's weights. Only where there is no arithmetic, or it is unknown, the parts follow the bytes.
final class KernelParts {
    /// Every layer of a kernel gets this part of the largest at least: it is in there, and an amount of nothing would
    /// say that the runtime had removed it.
    private static final double LEAST = 1e-3;

    private static final Set<String> CONTRACTIONS =
            Set.of("Conv", "ConvTranspose", "ConvInteger", "QLinearConv", "Gemm", "MatMul", "MatMulInteger");

    private static final Set<String> AFFINE = Set.of("Add", "Sub", "Mul", "Div");

    private final Analysis source;
    private final Map<NodeId, Node> nodes = new HashMap<>();
    private final Map<NodeId, Graph> graphs = new HashMap<>();

    KernelParts(Analysis source) {
        this.source = source;
        source.model()
                .graph()
                .forEachGraph(g -> g.nodes().forEach(n -> {
                    nodes.put(n.id(), n);
                    graphs.put(n.id(), g);
                }));
    }

    /// Parts that sum to 1; none for no layer.
    Map<NodeId, Double> of(Set<NodeId> layers) {
        Map<NodeId, Double> parts = weights(layers);
        double least = LEAST * parts.values().stream().mapToDouble(w -> w).max().orElse(0);
        parts.replaceAll((id, w) -> Math.max(w, least));
        double sum = parts.values().stream().mapToDouble(w -> w).sum();
        parts.replaceAll((id, w) -> w / sum);
        return parts;
    }

    private Map<NodeId, Double> weights(Set<NodeId> layers) {
        if (known(layers, NodeCost::flops)) {
            boolean contracts = layers.stream().anyMatch(id -> is(id, CONTRACTIONS));
            Map<NodeId, Double> work = weights(layers, id -> contracts && isFolded(id) ? 0 : amount(cost(id).flops()));
            if (work.values().stream().anyMatch(w -> w > 0)) {
                return work;
            }
        }
        if (known(layers, NodeCost::bytesRead) && known(layers, NodeCost::bytesWritten)) {
            Map<NodeId, Double> bytes =
                    weights(layers, id -> amount(cost(id).bytesRead()) + amount(cost(id).bytesWritten()));
            if (bytes.values().stream().anyMatch(w -> w > 0)) {
                return bytes;
            }
        }
        return weights(layers, id -> 1);
    }

    private static Map<NodeId, Double> weights(Set<NodeId> layers, ToDoubleFunction<NodeId> weight) {
        Map<NodeId, Double> weights = new LinkedHashMap<>();
        layers.forEach(id -> weights.put(id, weight.applyAsDouble(id)));
        return weights;
    }

    /// Whether a contraction before or after it can hold it in its own constants: y = a·x + b with a and b constant.
    private boolean isFolded(NodeId id) {
        if (is(id, Set.of("BatchNormalization"))) {
            return true;
        }
        Node n = nodes.get(id);
        Graph g = graphs.get(id);
        return n != null
                && g != null
                && is(id, AFFINE)
                && n.inputs().stream().filter(ValueId::isPresent).anyMatch(v -> isConstant(g, v));
    }

    private static boolean isConstant(Graph g, ValueId v) {
        return g.initializer(v).isPresent()
                || g.producer(v).filter(p -> p.op().equals("Constant")).isPresent();
    }

    private boolean is(NodeId id, Set<String> ops) {
        return Stream.ofNullable(nodes.get(id)).anyMatch(n -> ops.contains(n.op()));
    }

    private boolean known(Set<NodeId> layers, Function<NodeCost, Dim> what) {
        return layers.stream().allMatch(id -> what.apply(cost(id)).fixed().isPresent());
    }

    private NodeCost cost(NodeId id) {
        return source.costs().once(id);
    }

    private static double amount(Dim d) {
        return d.fixed().orElse(0);
    }
}
