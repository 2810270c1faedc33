package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// Sums over kernels that rules share.
final class Kernels {
    private Kernels() {}

    static Duration time(Collection<KernelCost> kernels) {
        return kernels.stream().map(KernelCost::perRun).reduce(Duration.ZERO, Duration::plus);
    }

    /// The layers that they compute, those that cost most first.
    static List<NodeId> layers(RunFacts facts, Collection<KernelCost> kernels) {
        return facts.byTime(
                kernels.stream().flatMap(k -> k.layers().stream()).distinct().toList());
    }

    /// Whether the source has a layer of this operator behind the kernel: else the runtime inserted it.
    static boolean isOf(RunFacts facts, KernelCost kernel, String op) {
        return kernel.layers().stream()
                .anyMatch(id -> facts.node(id).filter(n -> n.op().equals(op)).isPresent());
    }
}
