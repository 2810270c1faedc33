package dev.lathe.profile;

import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gathers profiled runs into times per layer. Keeps the newest runs only, so that it follows a change and does not
/// grow. Confined to one thread.
public final class LayerTimes {
    /// Enough for a p90, few enough to follow a change.
    private static final int KEPT = 64;

    /// A run whose kernels took this much longer than the median run was disturbed from outside.
    private static final double DISTURBED = 1.3;

    private record Run(Map<NodeId, Double> layers, double mapped, double unmapped) {
        double kernels() {
            return mapped + unmapped;
        }
    }

    private static final class Seen {
        private final Set<String> kernels = new LinkedHashSet<>();
        private String provider = "";
        private boolean shared;
        private long arenaBytes = -1;
    }

    private final Graph source;
    private final KernelMap map;
    private final ArrayDeque<Run> runs = new ArrayDeque<>();
    private final Map<NodeId, Seen> seen = new HashMap<>();
    private final Set<String> unmappedKernels = new LinkedHashSet<>();

    public LayerTimes(Graph source, KernelMap map) {
        this.source = source;
        this.map = map;
    }

    /// Adds one profiled run.
    public void add(List<KernelEvent> run) {
        Map<NodeId, Double> layers = new HashMap<>();
        double mapped = 0;
        double unmapped = 0;
        for (KernelMap.Shared s : map.share(run)) {
            double nanos = s.kernel().duration().toNanos();
            if (s.parts().isEmpty()) {
                unmapped += nanos;
                unmappedKernels.add(s.kernel().node());
            } else {
                mapped += nanos;
            }
            s.parts().forEach((id, part) -> {
                layers.merge(id, part * nanos, Double::sum);
                note(seen.computeIfAbsent(id, k -> new Seen()), s);
            });
        }
        runs.addLast(new Run(layers, mapped, unmapped));
        if (runs.size() > KEPT) {
            runs.removeFirst();
        }
    }

    private static void note(Seen layer, KernelMap.Shared s) {
        layer.kernels.add(s.kernel().node());
        layer.provider = s.kernel().provider();
        layer.shared |= s.parts().size() > 1;
        layer.arenaBytes = s.kernel().arenaInUseBytes();
    }

    public int samples() {
        return runs.size();
    }

    /// Kernels that no layer stands behind, by the engine's names.
    public Set<String> unmappedKernels() {
        return Set.copyOf(unmappedKernels);
    }

    /// The layers' times against the latency of runs without profiling, so that both say the same about a run: what
    /// no layer accounts for is `outside`. Kernels that together took longer than such a run (the profiler slows
    /// them a little) are corrected by one factor, `scale`.
    public LayerSums against(Duration latency) {
        List<Run> used = undisturbed();
        if (used.isEmpty()) {
            return new LayerSums(Map.of(), Duration.ZERO, latency, latency, 1);
        }
        double mapped = used.stream().mapToDouble(Run::mapped).average().orElse(0);
        double kernels = used.stream().mapToDouble(Run::kernels).average().orElse(0);
        double total = latency.isZero() ? kernels : latency.toNanos();
        double scale = kernels > total ? total / kernels : 1;
        Duration inLayers = Duration.ofNanos(Math.round(scale * mapped));
        Duration all = Duration.ofNanos(Math.round(total));
        Duration outside = all.minus(inLayers);
        return new LayerSums(
                stats(used, scale, total), inLayers, outside.isNegative() ? Duration.ZERO : outside, all, scale);
    }

    private Map<NodeId, OpStats> stats(List<Run> used, double scale, double total) {
        Map<NodeId, OpStats> stats = new LinkedHashMap<>();
        source.nodes().forEach(n -> stats.put(n.id(), of(n.id(), used, scale, total)));
        return stats;
    }

    private OpStats of(NodeId id, List<Run> used, double scale, double total) {
        Seen layer = seen.getOrDefault(id, new Seen());
        double[] times = used.stream()
                .mapToDouble(r -> scale * r.layers.getOrDefault(id, 0.0))
                .toArray();
        double mean = Arrays.stream(times).average().orElse(0);
        long[] sorted = Arrays.stream(times).mapToLong(Math::round).sorted().toArray();
        return new OpStats(
                Duration.ofNanos(Math.round(mean)),
                Duration.ofNanos(Statistics.percentile(sorted, 50)),
                Duration.ofNanos(Statistics.percentile(sorted, 90)),
                total > 0 ? mean / total : 0,
                layer.provider,
                List.copyOf(layer.kernels),
                layer.shared,
                used.size(),
                layer.arenaBytes);
    }

    private List<Run> undisturbed() {
        double[] sums = runs.stream().mapToDouble(Run::kernels).sorted().toArray();
        if (sums.length == 0) {
            return List.of();
        }
        double limit = DISTURBED * sums[(sums.length - 1) / 2];
        List<Run> used = new ArrayList<>(runs);
        used.removeIf(r -> r.kernels() > limit);
        return used;
    }
}
