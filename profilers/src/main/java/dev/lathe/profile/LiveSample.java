package dev.lathe.profile;

import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the window learns while a model runs, at least 4 times a second. `latency` and `throughputPerSecond`
/// are over the window since the last sample (empty stats when no run ended in it: runs = 0). `layers` is the
/// newest per-layer state, shared between samples when unchanged; with `outsideLayers` they make up the median of
/// `soFar`, which is over all runs at the time when the layers were last measured. `cpuPerCore` is load 0…1 of each
/// logical processor; `workerCpu` in cores. `trace` are the kernels of the quickest profiled run so far, shared
/// between samples while that stays the same; empty before any run was profiled. `warmingUp` while no run has been
/// counted: `latency` and `soFar` are then those of the warm-up, so that who waits sees a number.
public record LiveSample(
        Duration at,
        long runsDone,
        long runsPlanned,
        LatencyStats latency,
        LatencyStats soFar,
        double throughputPerSecond,
        MemoryStats memory,
        List<Double> cpuPerCore,
        double workerCpu,
        double profilerOverheadPercent,
        Map<NodeId, OpStats> layers,
        Duration outsideLayers,
        List<KernelEvent> trace,
        boolean warmingUp) {
    public LiveSample {
        cpuPerCore = List.copyOf(cpuPerCore);
        layers = Map.copyOf(layers);
        trace = List.copyOf(trace);
    }

    /// Of counted runs.
    public LiveSample(
            Duration at,
            long runsDone,
            long runsPlanned,
            LatencyStats latency,
            LatencyStats soFar,
            double throughputPerSecond,
            MemoryStats memory,
            List<Double> cpuPerCore,
            double workerCpu,
            double profilerOverheadPercent,
            Map<NodeId, OpStats> layers,
            Duration outsideLayers,
            List<KernelEvent> trace) {
        this(
                at,
                runsDone,
                runsPlanned,
                latency,
                soFar,
                throughputPerSecond,
                memory,
                cpuPerCore,
                workerCpu,
                profilerOverheadPercent,
                layers,
                outsideLayers,
                trace,
                false);
    }

    /// Runs that count, until now.
    public boolean measured() {
        return !warmingUp && soFar.runs() > 0;
    }
}
