package dev.lathe.profile;

import dev.lathe.graph.Node;
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

/// Gathers profiled runs into times per layer. Keeps the newest runs only, so it does not grow. Confined to
/// one thread.
public final class LayerTimes {
    /// Enough for a p90, few enough to follow a change.
    private static final int KEPT = 60;

    /// A run whose kernels took this much longer than the median run was disturbed and is left out of the
    /// means.
    private static final double DISTURBED = 1.3;

    private final List<Node> nodes;
    private final KernelMap map;
    private final ArrayDeque<Map<NodeId, Double>> runs = new ArrayDeque<>();
    private final ArrayDeque<Double> kernelSums = new ArrayDeque<>();
    private final ArrayDeque<Double> unmapped = new ArrayDeque<>();
    private final Map<NodeId, Set<String>> kernels = new HashMap<>();
    private final Map<NodeId, String> providers = new HashMap<>();
    private final Map<NodeId, Long> arena = new HashMap<>();
    private final Set<NodeId> shared = new LinkedHashSet<>();
    private List<KernelEvent> last = List.of();

    public LayerTimes(List<Node> nodes, KernelMap map) {
        this.nodes = nodes;
        this.map = map;
    }

    public void add(List<KernelEvent> events) {
        last = events;
        Map<NodeId, Double> times = new HashMap<>();
        double sum = 0;
        double lost = 0;
        for (KernelEvent e : KernelMap.outermost(events)) {
            double nanos = e.duration().toNanos();
            sum += nanos;
            Map<NodeId, Double> layers = map.layersOf(e.node());
            if (layers.isEmpty()) {
                lost += nanos;
            }
            layers.forEach((id, part) -> {
                times.merge(id, part * nanos, Double::sum);
                kernels.computeIfAbsent(id, k -> new LinkedHashSet<>()).add(e.node());
                providers.put(id, e.provider());
                arena.put(id, e.arenaInUseBytes());
                if (layers.size() > 1) {
                    shared.add(id);
                }
            });
        }
        runs.addLast(times);
        kernelSums.addLast(sum);
        unmapped.addLast(lost);
        if (runs.size() > KEPT) {
            runs.removeFirst();
            kernelSums.removeFirst();
            unmapped.removeFirst();
        }
    }

    public int samples() {
        return runs.size();
    }

    public List<KernelEvent> last() {
        return last;
    }

    /// Mean time of kernels that no layer stands for, in ns.
    public double unmappedNanos() {
        return unmapped.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /// Times of every layer; a layer without a kernel has zero time. `scale` corrects all times by one
    /// factor; `total` in ns is what shares are of.
    public Map<NodeId, OpStats> stats(double scale, double total) {
        List<Map<NodeId, Double>> used = undisturbed();
        Map<NodeId, OpStats> stats = new LinkedHashMap<>();
        if (used.isEmpty()) {
            return stats;
        }
        for (Node n : nodes) {
            double[] times = new double[used.size()];
            for (int i = 0; i < times.length; i++) {
                times[i] = scale * used.get(i).getOrDefault(n.id(), 0.0);
            }
            double mean = Arrays.stream(times).average().orElse(0);
            long[] sorted = Arrays.stream(times).mapToLong(Math::round).sorted().toArray();
            stats.put(
                    n.id(),
                    new OpStats(
                            Duration.ofNanos(Math.round(mean)),
                            Duration.ofNanos(Statistics.percentile(sorted, 50)),
                            Duration.ofNanos(Statistics.percentile(sorted, 90)),
                            total > 0 ? mean / total : 0,
                            providers.getOrDefault(n.id(), ""),
                            List.copyOf(kernels.getOrDefault(n.id(), Set.of())),
                            shared.contains(n.id()),
                            used.size(),
                            arena.getOrDefault(n.id(), -1L)));
        }
        return stats;
    }

    /// Mean time of all layers together in ns, over undisturbed runs.
    public double mappedNanos() {
        return undisturbed().stream()
                .mapToDouble(r ->
                        r.values().stream().mapToDouble(Double::doubleValue).sum())
                .average()
                .orElse(0);
    }

    private List<Map<NodeId, Double>> undisturbed() {
        if (runs.isEmpty()) {
            return List.of();
        }
        double[] sums =
                kernelSums.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = sums[sums.length / 2];
        List<Map<NodeId, Double>> used = new ArrayList<>();
        var sum = kernelSums.iterator();
        for (Map<NodeId, Double> r : runs) {
            if (sum.next() <= DISTURBED * median) {
                used.add(r);
            }
        }
        return used;
    }
}
