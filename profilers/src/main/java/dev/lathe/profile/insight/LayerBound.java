package dev.lathe.profile.insight;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.cost.LeastTimes;
import dev.lathe.profile.cost.Roofline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A layer of the main graph under the roof: what it took, in the run that disturbed it least too (`quickest`), the
/// least that it can take, and of that the time for moving its bytes (`moving`) and for its operations
/// (`computing`); the longer of the two is `least`. A layer that shares a kernel with others is here only where it
/// is a product: of what is done in passing nobody can say what it took.
record LayerBound(
        Node node,
        DType dtype,
        Duration took,
        Duration quickest,
        Duration least,
        Duration moving,
        Duration computing,
        long bytes,
        long weights) {

    private static final Set<String> PRODUCTS =
            Set.of("Conv", "ConvTranspose", "ConvInteger", "Gemm", "MatMul", "MatMulInteger");

    /// The part, 0…1, of what the device gives at most; above 1 where tensors were still in caches.
    double reached() {
        return (double) least.toNanos() / took.toNanos();
    }

    /// The same in the run that disturbed the layer least.
    double reachedAtBest() {
        return (double) least.toNanos() / quickest.toNanos();
    }

    boolean memoryBound() {
        return moving.compareTo(computing) > 0;
    }

    /// All measured layers of known cost, in order of execution.
    static List<LayerBound> all(RunFacts facts, Roofline roof) {
        LeastTimes times = new LeastTimes(facts.analysis(), roof);
        List<LayerBound> bounds = new ArrayList<>();
        for (Node n : facts.graph().nodes()) {
            OpStats stats = facts.run().layers().get(n.id());
            if (stats != null && !stats.typical().isZero() && (!stats.shared() || PRODUCTS.contains(n.op()))) {
                of(facts, roof, times, n, stats).ifPresent(bounds::add);
            }
        }
        return bounds;
    }

    private static Optional<LayerBound> of(RunFacts facts, Roofline roof, LeastTimes times, Node n, OpStats stats) {
        NodeCost cost = facts.analysis().costs().once(n.id());
        OptionalLong flops = cost.flops().fixed();
        OptionalLong read = cost.bytesRead().fixed();
        OptionalLong written = cost.bytesWritten().fixed();
        OptionalLong weights = cost.parameterBytes().fixed();
        if (flops.isEmpty() || read.isEmpty() || written.isEmpty() || weights.isEmpty()) {
            return Optional.empty();
        }
        // What goes between the layers of one kernel is never written: only the weights surely move.
        long own = Math.min(Math.max(weights.getAsLong(), constants(facts.graph(), n)), read.getAsLong());
        long bytes = stats.shared() ? own : read.getAsLong() + written.getAsLong();
        DType dtype = n.inputs().stream()
                .filter(ValueId::isPresent)
                .findFirst()
                .flatMap(v -> facts.analysis().type(v).dtype())
                .orElse(DType.BOOL);
        Quantity moved = Quantity.of(bytes, Unit.BYTES);
        Quantity work = Quantity.of(flops.getAsLong(), Unit.FLOP);
        return (stats.shared() ? times.fused(n) : times.alone(n))
                .map(least -> new LayerBound(
                        n,
                        dtype,
                        stats.typical(),
                        quickest(facts, n.id(), stats.typical()),
                        least,
                        roof.leastTime(dtype, Quantity.of(0, Unit.FLOP), moved),
                        roof.leastTime(dtype, work, Quantity.of(0, Unit.BYTES)),
                        bytes,
                        own));
    }

    /// Bytes of its constant inputs. Of weights that several layers have, the costs count the first one's only, so that
    /// they add up; each of them reads them.
    private static long constants(Graph graph, Node n) {
        return n.inputs().stream()
                .filter(ValueId::isPresent)
                .distinct()
                .flatMap(v -> graph.initializer(v).stream())
                .mapToLong(t -> t.data().byteSize())
                .sum();
    }

    private static Duration quickest(RunFacts facts, NodeId id, Duration typical) {
        return facts.run().layerRuns().of(id).stream()
                .filter(d -> !d.isZero())
                .min(Comparator.naturalOrder())
                .filter(d -> d.compareTo(typical) < 0)
                .orElse(typical);
    }

    static Duration took(List<LayerBound> layers) {
        return layers.stream().map(LayerBound::took).reduce(Duration.ZERO, Duration::plus);
    }
}
