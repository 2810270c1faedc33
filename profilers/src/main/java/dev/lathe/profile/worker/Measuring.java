package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.KernelMap;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LayerTimes;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.MemoryStats;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Statistics;
import dev.lathe.profile.device.sample.CpuLoadSampler;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.worker.wire.Kernel;
import dev.lathe.profile.worker.wire.Progress;
import dev.lathe.profile.worker.wire.Traced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Turns the worker's progress into live samples and, at the end, the result. Confined to the thread that
/// waits for the worker.
final class Measuring {
    /// Latencies of a run without end are kept up to here; then every second one is dropped, evenly over the
    /// whole run.
    private static final int MOST_LATENCIES = 200_000;

    private final Analysis analysis;
    private final ProfilePlan plan;
    private final Optional<LayerTimes> layers;
    private final Consumer<LiveSample> live;
    private final CpuLoadSampler cpu = new CpuLoadSampler();
    private final List<Long> latencies = new ArrayList<>();
    private long runs;
    private long tracedNanos;
    private long traces;
    private long stride = 1;
    private long arena = -1;
    private long arenaPeak = -1;
    private long previousCpuNanos = -1;
    private Progress newest = Progress.getDefaultInstance();
    private Map<NodeId, OpStats> newestLayers = Map.of();

    Measuring(Analysis analysis, ProfilePlan plan, Optional<KernelMap> map, long pid, Consumer<LiveSample> live) {
        this.analysis = analysis;
        this.plan = plan;
        this.layers = map.map(m -> new LayerTimes(analysis.model().graph().nodes(), m));
        this.live = live;
    }

    long runs() {
        return runs;
    }

    void add(Progress p) {
        long elapsed = p.getElapsedNanos() - newest.getElapsedNanos();
        for (long nanos : p.getRunNanosList()) {
            if (runs++ % stride == 0) {
                latencies.add(nanos);
            }
        }
        if (latencies.size() > MOST_LATENCIES) {
            thin();
        }
        for (Traced t : p.getTracesList()) {
            tracedNanos += t.getWallNanos();
            traces++;
            List<KernelEvent> events =
                    t.getKernelsList().stream().map(Measuring::event).toList();
            events.forEach(e -> arena = Math.max(arena, e.arenaInUseBytes()));
            arenaPeak = Math.max(arenaPeak, arena);
            layers.ifPresent(l -> l.add(events));
        }
        LatencyStats recent = Statistics.latency(p.getRunNanosList());
        if (!p.getTracesList().isEmpty() && layers.isPresent()) {
            newestLayers = layerStats(Statistics.latency(latencies)).stats();
        }
        double workerCpu = previousCpuNanos < 0 || elapsed <= 0
                ? 0
                : (p.getProcessCpuNanos() - previousCpuNanos) / (double) elapsed;
        previousCpuNanos = p.getProcessCpuNanos();
        newest = p;
        live.accept(new LiveSample(
                Duration.ofNanos(p.getElapsedNanos()),
                runs,
                plan.runs(),
                recent,
                elapsed <= 0 ? 0 : (p.getRunNanosCount() + p.getTracesCount()) * 1e9 / elapsed,
                memory(),
                cpu.perCore(),
                workerCpu,
                overheadPercent(),
                newestLayers));
    }

    private void thin() {
        List<Long> half = new ArrayList<>();
        for (int i = 0; i < latencies.size(); i += 2) {
            half.add(latencies.get(i));
        }
        latencies.clear();
        latencies.addAll(half);
        stride *= 2;
    }

    /// How much longer the loop took than it would have without its profiled runs: their time beyond that of
    /// ordinary runs, over the time of all as ordinary runs.
    private double overheadPercent() {
        if (traces == 0 || latencies.isEmpty()) {
            return 0;
        }
        double ordinary =
                latencies.stream().mapToLong(Long::longValue).average().orElse(0);
        double extra = tracedNanos - traces * ordinary;
        return Math.max(0, 100 * extra / ((runs + traces) * ordinary));
    }

    private MemoryStats memory() {
        return new MemoryStats(
                newest.getResidentBytes(),
                newest.getPeakResidentBytes(),
                arena < 0 ? OptionalLong.empty() : OptionalLong.of(arena),
                arenaPeak < 0 ? OptionalLong.empty() : OptionalLong.of(arenaPeak));
    }

    private record Layers(Map<NodeId, OpStats> stats, double sum, double outside, double scale) {}

    /// Kernel times come from profiled runs, the total from the others. What the total has beyond the kernels
    /// is the runtime's own work between them. When profiling made the kernels themselves longer than the
    /// whole, all are scaled down to it.
    private Layers layerStats(LatencyStats latency) {
        LayerTimes times = layers.orElseThrow();
        double mapped = times.mappedNanos();
        double all = mapped + times.unmappedNanos();
        double total = latency.p50().toNanos();
        double scale = all > total && total > 0 ? total / all : 1;
        double outside = Math.max(0, total - scale * mapped);
        double sum = scale * mapped + outside;
        return new Layers(times.stats(scale, sum), sum, outside, scale);
    }

    ProfileRun result(Instant when) {
        LatencyStats latency = Statistics.latency(latencies);
        List<Diagnostic> diagnostics = new ArrayList<>();
        Layers found;
        if (layers.isPresent() && layers.get().samples() > 0) {
            found = layerStats(latency);
            if (found.scale() < 0.995) {
                diagnostics.add(Diagnostic.info(
                        "kernel-times-scaled",
                        String.format(
                                java.util.Locale.ROOT,
                                "profiled kernels took %.1f %% longer than whole runs without the profiler; layer times are scaled down by that.",
                                100 / found.scale() - 100),
                        Place.nowhere()));
            }
        } else {
            found = new Layers(Map.of(), 0, 0, 1);
            diagnostics.add(
                    Diagnostic.info("no-layer-times", "this engine does not tell times per layer.", Place.nowhere()));
        }
        double mean = latency.mean().toNanos();
        return new ProfileRun(
                when,
                plan,
                latency,
                mean > 0 ? 1e9 / mean : 0,
                found.stats(),
                Duration.ofNanos(Math.round(found.sum())),
                Duration.ofNanos(Math.round(found.outside())),
                overheadPercent(),
                memory(),
                layers.map(LayerTimes::last).orElse(List.of()),
                latencies.stream().map(Duration::ofNanos).toList(),
                diagnostics);
    }

    private static KernelEvent event(Kernel k) {
        return new KernelEvent(
                k.getNode(),
                k.getOp(),
                k.getProvider(),
                Duration.ofNanos(k.getStartNanos()),
                Duration.ofNanos(k.getNanos()),
                k.getThread(),
                k.getInputs(),
                k.getOutputs(),
                k.getActivationBytes(),
                k.getOutputBytes(),
                k.getArenaBytes());
    }
}
