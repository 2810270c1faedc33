package dev.lathe.profile.insight;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LayerRuns;
import dev.lathe.profile.MemoryStats;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RunConditions;
import dev.lathe.profile.Statistics;
import dev.lathe.profile.TransferTimes;
import dev.lathe.profile.cost.Roofline;
import dev.lathe.profile.device.Allowance;
import dev.lathe.profile.engine.Handover;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Facts of a run that never was: a model as text, and what each kernel took.
final class FabricatedRun {
    private final Analysis analysis;
    private final List<KernelEvent> trace = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final Map<NodeId, Duration> times = new HashMap<>();
    private final Map<NodeId, List<String>> kernels = new HashMap<>();
    private final Map<NodeId, Boolean> shared = new HashMap<>();
    private final List<SweepResult.Measured> tried = new ArrayList<>();
    private Duration outside = Duration.ZERO;
    private OptionalDouble coverage = OptionalDouble.empty();
    private List<Long> runTimes = List.of();
    private int threads = 2;
    private int cores = 2;
    private DeviceKind kind = DeviceKind.CPU;
    private SessionConfig.Level level = SessionConfig.Level.ALL;
    private RunConditions conditions = RunConditions.UNKNOWN;
    private Allowance allowance = new Allowance(2, OptionalDouble.empty(), OptionalLong.empty());
    private Optional<Roofline> roof = Optional.empty();
    private MemoryStats memory = new MemoryStats(0, 0, OptionalLong.empty(), OptionalLong.empty());

    FabricatedRun(String graph) throws LatheException {
        this(graph, Map.of());
    }

    FabricatedRun(String graph, Map<String, Long> dims) throws LatheException {
        analysis = Analysis.of(
                GraphText.parse("model \"test\" ir=8\nopset \"\" 17\n" + graph),
                new DimBindings(dims),
                JobContext.quiet());
    }

    /// The layer runs as a kernel of its own.
    FabricatedRun layer(String name, double micros) {
        Node n = node(name);
        return kernel(name, n.op(), "CPUExecutionProvider", micros, name);
    }

    /// One kernel for several layers, or one that the runtime inserted at a layer.
    FabricatedRun kernel(String kernel, String op, String provider, double micros, String... layers) {
        Duration took = Duration.ofNanos(Math.round(1e3 * micros));
        trace.add(new KernelEvent(kernel, op, provider, Duration.ZERO, took, 0, "", "", 0, 4096, -1, -1));
        for (String l : layers) {
            NodeId id = node(l).id();
            times.merge(id, took.dividedBy(layers.length), Duration::plus);
            kernels.computeIfAbsent(id, k -> new ArrayList<>()).add(kernel);
            shared.merge(id, layers.length > 1, Boolean::logicalOr);
        }
        return this;
    }

    /// A tensor that goes from one stage to another.
    FabricatedRun handing(String tensor, String from, String to, long bytes, double micros) {
        handovers.add(new Handover(tensor, from, to, bytes, Duration.ZERO, Duration.ofNanos(Math.round(1e3 * micros))));
        return this;
    }

    FabricatedRun outside(double micros) {
        outside = Duration.ofNanos(Math.round(1e3 * micros));
        return this;
    }

    FabricatedRun coverage(double part) {
        coverage = OptionalDouble.of(part);
        return this;
    }

    FabricatedRun runTimes(List<Long> nanos) {
        runTimes = List.copyOf(nanos);
        return this;
    }

    FabricatedRun threads(int threads, int cores) {
        this.threads = threads;
        this.cores = cores;
        return this;
    }

    FabricatedRun on(DeviceKind kind) {
        this.kind = kind;
        return this;
    }

    FabricatedRun level(SessionConfig.Level level) {
        this.level = level;
        return this;
    }

    FabricatedRun in(RunConditions conditions) {
        this.conditions = conditions;
        return this;
    }

    FabricatedRun allowed(Allowance allowance) {
        this.allowance = allowance;
        return this;
    }

    /// Ceilings in GB/s, and GFLOP/s (GOP/s) of float32 and of 8-bit integers.
    FabricatedRun under(double bandwidth, double floats, double bytes) {
        roof = Optional.of(new Roofline(
                Quantity.of(1e9 * bandwidth, Unit.BYTES_PER_SECOND),
                Map.of(
                        DType.FLOAT32, Quantity.of(1e9 * floats, Unit.FLOP_PER_SECOND),
                        DType.INT8, Quantity.of(1e9 * bytes, Unit.OP_PER_SECOND))));
        return this;
    }

    FabricatedRun tried(int threads, double micros) {
        Duration took = Duration.ofNanos(Math.round(1e3 * micros));
        tried.add(new SweepResult.Measured(
                new SweepPoint(analysis.dims(), threads), 50, took, took, 1e9 / took.toNanos(), 1));
        return this;
    }

    FabricatedRun peak(long bytes) {
        memory = new MemoryStats(bytes, bytes, OptionalLong.empty(), OptionalLong.empty());
        return this;
    }

    RunFacts facts() {
        Duration layers = times.values().stream().reduce(Duration.ZERO, Duration::plus);
        Duration sum = layers.plus(outside);
        Map<NodeId, OpStats> stats = new HashMap<>();
        if (!trace.isEmpty()) {
            for (Node n : analysis.model().graph().nodes()) {
                Duration t = times.getOrDefault(n.id(), Duration.ZERO);
                stats.put(
                        n.id(),
                        new OpStats(
                                t,
                                t,
                                t,
                                sum.isZero() ? 0 : (double) t.toNanos() / sum.toNanos(),
                                "CPUExecutionProvider",
                                kernels.getOrDefault(n.id(), List.of()),
                                shared.getOrDefault(n.id(), false),
                                5));
            }
        }
        List<Long> runs = runTimes.isEmpty() ? java.util.Collections.nCopies(60, sum.toNanos()) : runTimes;
        LatencyStats latency = Statistics.latency(runs);
        List<Integer> which = java.util.stream.IntStream.range(0, cores).boxed().toList();
        Device device = new Device(
                kind == DeviceKind.GPU ? "gpu:0" : "cpu", "Some device", kind, which, OptionalLong.empty(), List.of());
        ProfilePlan plan =
                new ProfilePlan(new RunTarget("onnxruntime", device, threads), level, 1, 60, 1, analysis.dims(), 10);
        TransferTimes transfers = new TransferTimes(analysis.model().graph(), Optional.empty(), plan.target());
        transfers.add(new TracedRun(trace, Duration.ZERO, handovers));
        ProfileRun run = new ProfileRun(
                Instant.EPOCH,
                plan,
                latency,
                1,
                stats,
                sum,
                outside,
                OptionalDouble.empty(),
                coverage,
                memory,
                trace,
                runs.stream().map(Duration::ofNanos).toList(),
                LayerRuns.NONE,
                List.of(),
                conditions,
                Optional.empty(),
                transfers.transfers());
        return new RunFacts(analysis, run, roof, allowance, tried);
    }

    NodeId id(String name) {
        return node(name).id();
    }

    private Node node(String name) {
        return analysis.model().graph().nodes().stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
