package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import dev.lathe.profile.KernelNesting;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What each kernel of a run cost. The clock of a profiled run is slower than a run without profiling, so its times are
/// brought down to what the layers took together, and none is longer than the layers that it computes.
final class KernelCosts {
    private KernelCosts() {}

    static List<KernelCost> of(ProfileRun run) {
        Map<String, List<NodeId>> layers = new HashMap<>();
        run.layers().keySet().stream().sorted().forEach(id -> {
            for (String kernel : run.layers().getOrDefault(id, NONE).kernels()) {
                layers.computeIfAbsent(kernel, k -> new ArrayList<>(1)).add(id);
            }
        });
        // The kernels of bodies have events of their own.
        List<KernelEvent> kernels = run.trace().stream()
                .filter(k -> !KernelNesting.WITH_BODY.contains(k.op()))
                .toList();
        double told = kernels.stream().mapToLong(k -> k.duration().toNanos()).sum();
        double took = run.layerSum().minus(run.outsideLayers()).toNanos();
        double scale = told > 0 && took > 0 ? Math.min(1, took / told) : 1;
        List<KernelCost> costs = new ArrayList<>(kernels.size());
        for (KernelEvent k : kernels) {
            List<NodeId> behind = layers.getOrDefault(k.node(), List.of());
            double most = behind.isEmpty()
                    ? Double.MAX_VALUE
                    : behind.stream()
                            .mapToLong(id -> run.layers()
                                    .getOrDefault(id, NONE)
                                    .typical()
                                    .toNanos())
                            .sum();
            costs.add(new KernelCost(
                    k,
                    Duration.ofNanos(
                            Math.round(Math.min(most, scale * k.duration().toNanos()))),
                    behind));
        }
        return costs;
    }

    private static final OpStats NONE =
            new OpStats(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, "", List.of(), false, 0);
}
