package dev.lathe.profile.compare;

import dev.lathe.graph.Graph;
import dev.lathe.graph.NodePlace;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What is kept of a measurement to compare it with another: how it was made, the time of every run, and of every layer
/// in the profiled runs. Times in ms.
///
/// @param conditions how it was made, by name, e.g. `threads` → `2`
/// @param runTimes of runs that were not profiled, in order
public record RunRecord(String model, Map<String, String> conditions, List<Double> runTimes, List<Layer> layers) {
    /// @param kernels the engine's nodes that the layer's time comes from; layers that share one were fused
    /// @param times in the profiled runs, in the same order for all layers
    /// @param estimate whether the correction for what the profiler adds took more than a third of what
    ///     was measured: then these times scatter less than the truth may be off
    public record Layer(
            String name, String op, double typical, Set<String> kernels, List<Double> times, boolean estimate) {
        public Layer(String name, String op, double typical, Set<String> kernels, List<Double> times) {
            this(name, op, typical, kernels, times, false);
        }

        public Layer {
            kernels = Set.copyOf(kernels);
            times = List.copyOf(times);
        }
    }

    /// The newest of them: a comparison needs no more.
    private static final int MOST_RUN_TIMES = 10_000;

    /// What a measurement tells.
    ///
    /// @param model what it is called
    /// @param graph of the model that was measured
    public static RunRecord of(String model, Graph graph, ProfileRun run) {
        ProfilePlan plan = run.plan();
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("engine", plan.target().engine());
        conditions.put("device", plan.target().device().id());
        conditions.put("deviceName", plan.target().device().name());
        conditions.put("threads", Integer.toString(plan.target().threads()));
        conditions.put("streams", Integer.toString(plan.streams()));
        conditions.put("level", plan.level().name().toLowerCase(Locale.ROOT));
        conditions.put("dims", new TreeMap<>(plan.dims().sizes()).toString());
        conditions.put("warmup", Integer.toString(plan.warmup()));
        List<Layer> layers = new ArrayList<>();
        for (NodePlace place : NodePlace.all(graph)) {
            OpStats s = run.layers().get(place.node().id());
            if (s != null) {
                layers.add(new Layer(
                        place.shownName(),
                        place.node().qualifiedOp(),
                        ms(s.typical()),
                        Set.copyOf(s.kernels()),
                        run.layerRuns().of(place.node().id()).stream()
                                .map(RunRecord::ms)
                                .toList(),
                        s.estimate()));
            }
        }
        // Of one that broke off the times of single runs may be lost; its latency is not.
        List<Duration> times = run.runTimes().isEmpty() && run.latency().runs() > 0
                ? List.of(run.latency().p50())
                : run.runTimes();
        return new RunRecord(
                model, conditions, times.stream().map(RunRecord::ms).toList(), layers);
    }

    /// Layers of one name are told apart by which of them they are: nothing of a run is left out.
    private static List<Layer> named(List<Layer> layers) {
        Map<String, Integer> seen = new HashMap<>();
        return layers.stream()
                .map(l -> {
                    int nth = seen.merge(l.name(), 1, Integer::sum);
                    return nth == 1
                            ? l
                            : new Layer(
                                    l.name() + " (" + nth + ")",
                                    l.op(),
                                    l.typical(),
                                    l.kernels(),
                                    l.times(),
                                    l.estimate());
                })
                .toList();
    }

    /// How the runs scatter, where that is so much that a difference from another measurement tells nothing: other
    /// programs were at work, and no interval knows whether they were so in the other one.
    public Optional<String> unsteady() {
        if (runTimes.size() < LatencyStats.ENOUGH) {
            return Optional.empty();
        }
        List<Double> sorted = runTimes.stream().sorted().toList();
        double p50 = sorted.get(sorted.size() / 2);
        double p90 = sorted.get((int) (0.9 * (sorted.size() - 1)));
        double p10 = sorted.get((int) (0.1 * (sorted.size() - 1)));
        if (p90 <= LatencyStats.STEADY * p50 && p50 <= LatencyStats.STEADY * p10) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "p10 %.3f, p50 %.3f, p90 %.3f ms", p10, p50, p90));
    }

    private static double ms(Duration d) {
        return d.toNanos() / 1e6;
    }

    public RunRecord {
        runTimes = runTimes.subList(Math.max(0, runTimes.size() - MOST_RUN_TIMES), runTimes.size());
        conditions = Map.copyOf(conditions);
        runTimes = List.copyOf(runTimes);
        layers = named(layers);
    }
}
