package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Sums over kernels that rules share.
final class Kernels {
    private Kernels() {}

    static Duration time(Collection<KernelCost> kernels) {
        return kernels.stream().map(KernelCost::perRun).reduce(Duration.ZERO, Duration::plus);
    }

    /// The layers that they stand at, those that cost most first: of each kernel the layers of its own operator, or,
    /// where the runtime inserted it, the one that costs most.
    static List<NodeId> layers(RunFacts facts, Collection<KernelCost> kernels) {
        return facts.byTime(kernels.stream().flatMap(k -> at(facts, k)).toList());
    }

    private static Stream<NodeId> at(RunFacts facts, KernelCost kernel) {
        List<NodeId> same = kernel.layers().stream()
                .filter(id -> isOf(facts, id, kernel.kernel().op()))
                .toList();
        return same.isEmpty() ? facts.byTime(kernel.layers()).stream().limit(1) : same.stream();
    }

    /// Whether the source has a layer of this operator behind the kernel: else the runtime inserted it.
    static boolean isOf(RunFacts facts, KernelCost kernel, String op) {
        return kernel.layers().stream().anyMatch(id -> isOf(facts, id, op));
    }

    private static boolean isOf(RunFacts facts, NodeId id, String op) {
        return facts.node(id).filter(n -> n.op().equals(op)).isPresent();
    }
}
