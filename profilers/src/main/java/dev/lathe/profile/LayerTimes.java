package dev.lathe.profile;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.memory.ArenaUse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Gathers profiled runs into times per layer. Keeps the newest runs only, so that it follows a change and
/// does not grow. Confined to one thread.
///
/// Other programs disturb some runs, and one kernel of a run more than its neighbours. So a layer's time
/// comes from the quicker half of the runs (by the time of all kernels together), and of these it is the
/// mean without the shortest and longest quarter (at least one each). That lies at the lower quartile of all
/// runs: it is compared with the lower quartile of the runs without profiling, and then brought to their
/// median: the typical time of the layer.
///
/// Only plain means over the same runs add up by themselves, and one disturbed run falsifies them; medians
/// and percentiles never do. Typical times are made to: kernels that no layer stands behind and the runtime's
/// own work are what they leave of the median latency, and where they exceed it they are shortened. The
/// percentiles are over all profiled runs that are kept, the disturbed ones too, brought to the same median.
public final class LayerTimes {
    /// Enough for a p90, few enough to follow a change.
    private static final int KEPT = 64;

    /// The quicker half is at least so many runs, where there are so many.
    private static final int LEAST = 3;

    /// What the profiler adds within kernels is of the size of what it leaves between them (measured: 0.9 to
    /// 1.5 times), so a kernel is not shortened by more than this many gaps: more comes from something else.
    private static final double MOST_GAPS = 2;

    /// A time that the engine's clock told as more than so many times what is shown is an estimate.
    private static final double SURE_WITHIN = 1.5;

    private static final class Seen {
        private final Set<String> kernels = new LinkedHashSet<>();
        private String provider = "";
        private String shapes = "";
        private String device = "";
        private final ThreadTally threads = new ThreadTally();
        private boolean shared;
        private LayerMemory memory = LayerMemory.UNKNOWN;
        private long arenaBytes = -1;
    }

    private final Graph source;
    private final KernelMap map;
    private final ArrayDeque<ProfiledRun> runs = new ArrayDeque<>();
    private final Map<NodeId, Seen> seen = new HashMap<>();
    private final Set<String> unmappedKernels = new LinkedHashSet<>();

    public LayerTimes(Graph source, KernelMap map) {
        this.source = source;
        this.map = map;
    }

    /// Adds one profiled run.
    public void add(TracedRun run) {
        Map<NodeId, Double> layers = new HashMap<>();
        Map<NodeId, Double> counts = new HashMap<>();
        Map<NodeId, Double> between = new HashMap<>();
        Map<NodeId, LayerMemory> moved = new HashMap<>();
        double unmapped = 0;
        int unmappedCount = 0;
        for (KernelMap.Shared s : map.share(run.kernels())) {
            double nanos = s.own().toNanos();
            if (s.parts().isEmpty()) {
                unmapped += nanos;
                unmappedCount++;
                unmappedKernels.add(s.kernel().node());
            }
            s.parts().forEach((id, part) -> {
                layers.merge(id, part * nanos, Double::sum);
                counts.merge(id, part, Double::sum);
                if (s.inside() > 0) {
                    between.merge(id, part * s.inside(), Double::sum);
                }
                moved.put(id, moved.getOrDefault(id, LayerMemory.NOTHING).with(s.kernel(), part));
                note(seen.computeIfAbsent(id, k -> new Seen()), s, part);
            });
        }
        moved.forEach((id, bytes) -> seen.computeIfAbsent(id, k -> new Seen()).memory = bytes);
        runs.addLast(new ProfiledRun(
                layers,
                counts,
                between,
                unmapped,
                unmappedCount,
                run.wall().toNanos(),
                run.kernels().size()));
        if (runs.size() > KEPT) {
            runs.removeFirst();
        }
    }

    /// What the arena held in the session's first run, which is not timed.
    public void held(List<KernelEvent> firstRun) {
        Optional<ArenaUse> arena = ArenaUse.of(firstRun);
        if (arena.isEmpty()) {
            return;
        }
        for (KernelMap.Shared s : map.share(firstRun)) {
            long bytes = Math.max(0, s.kernel().askedBytes() - arena.get().before());
            s.parts().keySet().forEach(id -> {
                Seen layer = seen.computeIfAbsent(id, k -> new Seen());
                layer.arenaBytes = Math.max(layer.arenaBytes, bytes);
            });
        }
    }

    private static void note(Seen layer, KernelMap.Shared s, double part) {
        layer.kernels.add(s.kernel().node());
        // A copy to or from the layer runs where its provider says, not where the layer does.
        if (layer.provider.isEmpty()
                || !TransferTimes.COPIES.contains(s.kernel().op())) {
            layer.provider = s.kernel().provider();
            layer.device = s.kernel().device();
            layer.shapes = layer.kernels.size() == 1 ? shapes(s.kernel()) : layer.shapes;
        }
        layer.shared |= s.parts().size() > 1;
        s.kernel().threads().ifPresent(use -> layer.threads.add(use, part));
    }

    private static String shapes(KernelEvent k) {
        return k.inputShapes().isEmpty() && k.outputShapes().isEmpty()
                ? ""
                : k.inputShapes() + " → " + k.outputShapes();
    }

    public int samples() {
        return runs.size();
    }

    /// Kernels that no layer stands behind, by the engine's names.
    public Set<String> unmappedKernels() {
        return Set.copyOf(unmappedKernels);
    }

    /// The layers' times against the latency of runs without profiling, so that both say the same about a
    /// run: what no layer accounts for is `outside`. Where kernels together took longer than such a run, the
    /// profiler slowed them: each is shortened by the same time, `perKernel`, as far as the run's shortest kernels
    /// and the gaps between them bear out that the profiler needed it ([Surcharge]), and what is still too long by
    /// one factor, `scale`. A kernel that ran keeps a positive time; one of which more than a third was taken is an
    /// estimate.
    ///
    /// @param median of the runs without profiling
    /// @param quartile what a quarter of these did not exceed
    public LayerSums against(Duration median, Duration quartile) {
        if (runs.isEmpty()) {
            return new LayerSums(
                    Map.of(), LayerRuns.NONE, Duration.ZERO, median, median, Duration.ZERO, 1, OptionalDouble.empty());
        }
        List<ProfiledRun> quick = quickerHalf();
        double perEvent = quartile.isZero() ? 0 : trimmed(quick, r -> r.perEvent(quartile.toNanos()));
        List<ProfiledRun> used = quick.stream().map(r -> r.without(perEvent)).toList();
        List<ProfiledRun> all = runs.stream().map(r -> r.without(perEvent)).toList();
        Map<NodeId, Surcharge.Load> typical = new HashMap<>();
        nodes().forEach(id -> typical.put(id, typical(used, r -> r.load(id))));
        Surcharge.Load unmapped = typical(used, r -> new Surcharge.Load(r.unmapped(), r.unmappedCount()));
        List<Surcharge.Load> loads = new ArrayList<>(typical.values());
        loads.add(unmapped);
        double most = Math.min(MOST_GAPS * trimmed(quick, ProfiledRun::gap), borneOut(typical, unmapped, used));
        double less = quartile.isZero() ? 0 : Surcharge.perKernel(loads, quartile.toNanos(), most);
        double mapped =
                typical.values().stream().mapToDouble(l -> l.without(less)).sum();
        double kernels = mapped + unmapped.without(less);
        double one = quartile.isZero() ? kernels : quartile.toNanos();
        double scale = kernels > one ? one / kernels : 1;
        double total = median.isZero() ? kernels : median.toNanos();
        double factor = kernels == 0 ? 1 : scale * total / one;
        // The quick runs are brought to the median by `factor`; of all of them it is the middle one that has its
        // length.
        double middle = middle(all, typical.keySet(), less);
        double toMedian = middle == 0 ? factor : factor * kernels / middle;
        Map<NodeId, OpStats> stats = new LinkedHashMap<>();
        Map<NodeId, long[]> each = new HashMap<>();
        typical.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> {
            double time = factor * e.getValue().without(less);
            double told = total / one * trimmed(quick, r -> r.load(e.getKey()).nanos());
            long[] runs = times(all, e.getKey(), toMedian, less);
            each.put(e.getKey(), runs);
            stats.put(e.getKey(), of(e.getKey(), time, told > SURE_WITHIN * time, runs, total));
        });
        Duration inLayers = Duration.ofNanos(Math.round(factor * mapped));
        Duration whole = Duration.ofNanos(Math.round(total));
        Duration outside = whole.minus(inLayers);
        return new LayerSums(
                stats,
                new LayerRuns(each),
                inLayers,
                outside.isNegative() ? Duration.ZERO : outside,
                whole,
                Duration.ofNanos(Math.round(less)),
                scale,
                coverage(quick));
    }

    /// What all kernels of the run in the middle take together.
    private static double middle(List<ProfiledRun> runs, Set<NodeId> layers, double less) {
        double[] sums = runs.stream()
                .mapToDouble(r -> new Surcharge.Load(r.unmapped(), r.unmappedCount()).without(less)
                        + layers.stream()
                                .mapToDouble(id -> r.load(id).without(less))
                                .sum())
                .sorted()
                .toArray();
        return sums[(sums.length - 1) / 2];
    }

    /// Of one layer, run by run.
    private static long[] times(List<ProfiledRun> runs, NodeId layer, double factor, double less) {
        return runs.stream()
                .mapToLong(r -> whole(factor * r.load(layer).without(less)))
                .toArray();
    }

    /// What the shortest kernels bear out. A node with a body is none: its time is what the body's kernels leave over.
    private static double borneOut(
            Map<NodeId, Surcharge.Load> typical, Surcharge.Load unmapped, List<ProfiledRun> runs) {
        List<Surcharge.Load> whole = new ArrayList<>(List.of(unmapped));
        typical.forEach((id, load) -> {
            if (runs.stream().noneMatch(r -> r.between().containsKey(id))) {
                whole.add(load);
            }
        });
        return Surcharge.borneOutBy(whole);
    }

    private static Surcharge.Load typical(List<ProfiledRun> runs, Function<ProfiledRun, Surcharge.Load> load) {
        return new Surcharge.Load(
                trimmed(runs, r -> load.apply(r).nanos()),
                trimmed(runs, r -> load.apply(r).kernels()));
    }

    private static OptionalDouble coverage(List<ProfiledRun> quick) {
        return quick.stream().allMatch(r -> r.coverage().isPresent())
                ? OptionalDouble.of(trimmed(quick, r -> r.coverage().orElse(0)))
                : OptionalDouble.empty();
    }

    /// Nodes of the main graph, and of the bodies of which some kernel was seen: a branch that is never
    /// taken has no time at all, which is not the same as a time of zero.
    private Set<NodeId> nodes() {
        Set<NodeId> nodes = new LinkedHashSet<>();
        source.nodes().forEach(n -> nodes.add(n.id()));
        source.nodes().forEach(n -> bodies(n, nodes));
        return nodes;
    }

    private void bodies(Node of, Set<NodeId> into) {
        for (Graph body : of.subgraphs()) {
            if (ran(body)) {
                body.nodes().forEach(n -> into.add(n.id()));
                body.nodes().forEach(n -> bodies(n, into));
            }
        }
    }

    private boolean ran(Graph body) {
        return body.nodes().stream()
                .anyMatch(
                        n -> seen.containsKey(n.id()) || n.subgraphs().stream().anyMatch(this::ran));
    }

    private OpStats of(NodeId id, double typical, boolean estimate, long[] times, double total) {
        Seen layer = seen.getOrDefault(id, new Seen());
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return new OpStats(
                Duration.ofNanos(whole(typical)),
                Duration.ofNanos(Statistics.percentile(sorted, 50)),
                Duration.ofNanos(Statistics.percentile(sorted, 90)),
                total > 0 ? typical / total : 0,
                layer.provider,
                List.copyOf(layer.kernels),
                layer.shared,
                runs.size(),
                layer.memory.held(layer.arenaBytes),
                estimate,
                layer.device,
                layer.threads.shares(),
                layer.shapes);
    }

    /// What took some time does not round to none.
    private static long whole(double nanos) {
        return nanos > 0 ? Math.max(1, Math.round(nanos)) : 0;
    }

    private List<ProfiledRun> quickerHalf() {
        int half = Math.max(Math.min(LEAST, runs.size()), (runs.size() + 1) / 2);
        return runs.stream()
                .sorted(Comparator.comparingDouble(ProfiledRun::kernels))
                .limit(half)
                .toList();
    }

    private static double trimmed(List<ProfiledRun> runs, ToDoubleFunction<ProfiledRun> value) {
        return Statistics.trimmedMean(runs.stream().mapToDouble(value).toArray());
    }
}
