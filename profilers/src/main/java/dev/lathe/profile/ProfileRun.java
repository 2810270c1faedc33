package dev.lathe.profile;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The result of one profiling: an overlay keyed by node of the source graph, beside the graph, never in it.
///
/// `layers` are times per source layer, those inside the bodies of If, Loop and Scan that ran too;
/// `outsideLayers` is what of a run no kernel accounts for ([OutsideLayers] says what that is), so that
/// `layerSum` = Σ layers + outsideLayers compares with the latency. `profilerOverheadPercent` is how much
/// longer the loop's average run took with the profiled runs in it (and those that find cold caches after
/// them) than without, 0 when all were made after it, empty without any; `latency` is of the other runs alone.
/// `trace` are the kernel events of the profiled run that took the shortest time. `kernelCoverage`, in 0…1, is
/// the part of a profiled run that the layers' kernels took by the engine's own clock, empty where it does not
/// tell: unlike `layerSum`, which holds by its definition, it shows when kernels are missing. `conditions` are what the
/// machine did meanwhile. `runtime` is the graph that the engine made of the model and ran; empty where it does not
/// tell. `transfers` is what each run copies from device to device.
public record ProfileRun(
        Instant when,
        ProfilePlan plan,
        LatencyStats latency,
        double throughputPerSecond,
        Map<NodeId, OpStats> layers,
        Duration layerSum,
        Duration outsideLayers,
        OptionalDouble profilerOverheadPercent,
        OptionalDouble kernelCoverage,
        MemoryStats memory,
        List<KernelEvent> trace,
        List<Duration> runTimes,
        LayerRuns layerRuns,
        List<Diagnostic> diagnostics,
        RunConditions conditions,
        Optional<RuntimeGraph> runtime,
        List<Transfer> transfers) {
    public ProfileRun {
        layers = Map.copyOf(layers);
        trace = List.copyOf(trace);
        runTimes = List.copyOf(runTimes);
        diagnostics = List.copyOf(diagnostics);
        transfers = List.copyOf(transfers);
    }

    /// Of a run that copied nothing from device to device.
    public ProfileRun(
            Instant when,
            ProfilePlan plan,
            LatencyStats latency,
            double throughputPerSecond,
            Map<NodeId, OpStats> layers,
            Duration layerSum,
            Duration outsideLayers,
            OptionalDouble profilerOverheadPercent,
            OptionalDouble kernelCoverage,
            MemoryStats memory,
            List<KernelEvent> trace,
            List<Duration> runTimes,
            LayerRuns layerRuns,
            List<Diagnostic> diagnostics,
            RunConditions conditions,
            Optional<RuntimeGraph> runtime) {
        this(
                when,
                plan,
                latency,
                throughputPerSecond,
                layers,
                layerSum,
                outsideLayers,
                profilerOverheadPercent,
                kernelCoverage,
                memory,
                trace,
                runTimes,
                layerRuns,
                diagnostics,
                conditions,
                runtime,
                List.of());
    }

    /// Of a run that nobody watched the machine in.
    public ProfileRun(
            Instant when,
            ProfilePlan plan,
            LatencyStats latency,
            double throughputPerSecond,
            Map<NodeId, OpStats> layers,
            Duration layerSum,
            Duration outsideLayers,
            OptionalDouble profilerOverheadPercent,
            OptionalDouble kernelCoverage,
            MemoryStats memory,
            List<KernelEvent> trace,
            List<Duration> runTimes,
            LayerRuns layerRuns,
            List<Diagnostic> diagnostics) {
        this(
                when,
                plan,
                latency,
                throughputPerSecond,
                layers,
                layerSum,
                outsideLayers,
                profilerOverheadPercent,
                kernelCoverage,
                memory,
                trace,
                runTimes,
                layerRuns,
                diagnostics,
                RunConditions.UNKNOWN,
                Optional.empty(),
                List.of());
    }

    /// Without the kernel events of one run and the engine's graph, which are most of what a measurement of a large
    /// model takes in memory.
    public ProfileRun withoutTrace() {
        return new ProfileRun(
                when,
                plan,
                latency,
                throughputPerSecond,
                layers,
                layerSum,
                outsideLayers,
                profilerOverheadPercent,
                kernelCoverage,
                memory,
                List.of(),
                runTimes,
                layerRuns,
                diagnostics,
                conditions,
                Optional.empty(),
                transfers);
    }

    /// The same with the graph that the engine ran.
    public ProfileRun withRuntime(RuntimeGraph graph) {
        return new ProfileRun(
                when,
                plan,
                latency,
                throughputPerSecond,
                layers,
                layerSum,
                outsideLayers,
                profilerOverheadPercent,
                kernelCoverage,
                memory,
                trace,
                runTimes,
                layerRuns,
                diagnostics,
                conditions,
                Optional.of(graph),
                transfers);
    }

    /// Whether the latencies of two runs may be divided to say which model is faster: they ran at the same sizes, on
    /// the same device, in the same way.
    public static boolean comparable(ProfileRun a, ProfileRun b) {
        return a.plan.otherThan(b.plan).isEmpty();
    }

    /// Why the ratio of the two medians says nothing, in a word or two: they are not [#comparable], or there were
    /// too few or unsteady runs. Empty where it does.
    public static Optional<String> doubt(ProfileRun a, ProfileRun b) {
        return a.plan.otherThan(b.plan).or(() -> LatencyStats.doubt(a.latency, b.latency));
    }

    /// The code of the diagnostic that says so.
    public static final String BROKEN_OFF = "run-broken-off";

    /// Why the run ended before its time, when it did.
    public Optional<Diagnostic> brokenOff() {
        return diagnostics.stream().filter(d -> d.code().equals(BROKEN_OFF)).findFirst();
    }

    /// What was measured until a run ended before its time, and why: all that its last sample told.
    public static ProfileRun interrupted(Instant when, ProfilePlan plan, LiveSample last, Diagnostic why) {
        Duration inLayers =
                last.layers().values().stream().map(OpStats::typical).reduce(Duration.ZERO, Duration::plus);
        double mean = last.soFar().mean().toNanos();
        return new ProfileRun(
                        when,
                        plan,
                        last.soFar(),
                        mean > 0 ? 1e9 / mean : 0,
                        last.layers(),
                        inLayers.plus(last.outsideLayers()),
                        last.outsideLayers(),
                        // A sample says 0 before any run was profiled.
                        last.profilerOverheadPercent() > 0
                                ? OptionalDouble.of(last.profilerOverheadPercent())
                                : OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        last.memory(),
                        last.trace(),
                        List.of(),
                        LayerRuns.NONE,
                        List.of())
                .brokenOff(why);
    }

    /// The same, measured until it broke off for this reason.
    public ProfileRun brokenOff(Diagnostic why) {
        List<Diagnostic> remarks = new ArrayList<>(List.of(Diagnostic.warning(
                BROKEN_OFF,
                "The run broke off, so its figures are of the " + latency.runs() + " runs until then (" + why.message()
                        + ")",
                why.place())));
        remarks.addAll(diagnostics);
        return new ProfileRun(
                when,
                plan,
                latency,
                throughputPerSecond,
                layers,
                layerSum,
                outsideLayers,
                profilerOverheadPercent,
                kernelCoverage,
                memory,
                trace,
                runTimes,
                layerRuns,
                remarks,
                conditions,
                runtime,
                transfers);
    }

    /// The id of the device that a layer ran on: not always the one that was asked for. Empty for one that the engine
    /// removed.
    public Optional<String> deviceOf(OpStats layer) {
        if (!layer.device().isEmpty()) {
            return Optional.of(layer.device());
        }
        return layer.kernels().isEmpty()
                ? Optional.empty()
                : Optional.of(plan.target().deviceOf(layer.provider()));
    }

    /// Typical times of the nodes of the main graph, each with what ran inside it: for who moves whole nodes.
    public Map<NodeId, Duration> wholeTimes(Graph main) {
        Map<NodeId, Duration> times = new HashMap<>();
        for (Node n : main.nodes()) {
            if (layers.containsKey(n.id())) {
                times.put(n.id(), whole(n));
            }
        }
        return times;
    }

    private Duration whole(Node n) {
        OpStats own = layers.get(n.id());
        Duration sum = own == null ? Duration.ZERO : own.typical();
        for (Graph body : n.subgraphs()) {
            for (Node inside : body.nodes()) {
                sum = sum.plus(whole(inside));
            }
        }
        return sum;
    }
}
