package dev.lathe.profile.insight;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.ceiling.CeilingFiles;
import dev.lathe.profile.ceiling.CeilingSetup;
import dev.lathe.profile.cost.Roofline;
import dev.lathe.profile.device.Allowance;
import dev.lathe.profile.sweep.SweepResult;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What rules may know of a run: the model by analysis, the measurement, the ceilings of its device where they were
/// measured, what the system allows, and what other measurements of the same model found at other numbers of threads.
public final class RunFacts {
    private final Analysis analysis;
    private final ProfileRun run;
    private final Optional<Roofline> roof;
    private final Allowance allowance;
    private final List<SweepResult.Measured> tried;
    private final List<KernelCost> kernels;
    private final Map<NodeId, NodePlace> places = new HashMap<>();

    public RunFacts(
            Analysis analysis,
            ProfileRun run,
            Optional<Roofline> roof,
            Allowance allowance,
            List<SweepResult.Measured> tried) {
        this.analysis = analysis;
        this.run = run;
        this.roof = roof;
        this.allowance = allowance;
        this.tried = List.copyOf(tried);
        this.kernels = KernelCosts.of(run);
        NodePlace.all(analysis.model().graph()).forEach(p -> places.put(p.node().id(), p));
    }

    /// Of a run on this machine, with the ceilings that were measured on it, if they were.
    public static RunFacts here(Analysis analysis, ProfileRun run, List<SweepResult.Measured> tried) {
        Optional<Roofline> roof = CeilingFiles.ofThisUser()
                .find(CeilingSetup.of(run.plan().target()))
                .flatMap(Roofline::of);
        return new RunFacts(analysis, run, roof, Allowance.ofThisProcess(), tried);
    }

    public Analysis analysis() {
        return analysis;
    }

    public Graph graph() {
        return analysis.model().graph();
    }

    public ProfileRun run() {
        return run;
    }

    public Optional<Roofline> roof() {
        return roof;
    }

    public Allowance allowance() {
        return allowance;
    }

    /// The same model on the same device at the same sizes, with other threads (or the same ones).
    public List<SweepResult.Measured> tried() {
        return tried;
    }

    /// The kernels of the quickest profiled run, in the order in which they ended; none when no run was profiled.
    public List<KernelCost> kernels() {
        return kernels;
    }

    /// The kernels of these operators.
    List<KernelCost> kernels(Collection<String> ops) {
        return kernels.stream().filter(k -> ops.contains(k.kernel().op())).toList();
    }

    /// Why rules over kernels can say nothing, as a sentence without its full stop; empty when they can.
    Optional<String> withoutKernels() {
        return kernels.isEmpty()
                ? Optional.of(
                        "engine " + run.plan().target().engine() + " told nothing about single kernels in this run")
                : withoutGraph();
    }

    /// Why rules over layers can say nothing.
    Optional<String> withoutLayers() {
        return run.layers().isEmpty() ? Optional.of("there are no times of layers in this run") : withoutGraph();
    }

    /// A program that only the engine reads is known by the operators that it ran, with no tensors between them.
    private Optional<String> withoutGraph() {
        boolean graph = graph().nodes().isEmpty()
                || graph().nodes().stream().anyMatch(n -> !n.outputs().isEmpty());
        return graph
                ? Optional.empty()
                : Optional.of("of this model no graph is known, only which operators ran and for how long");
    }

    Optional<NodePlace> place(NodeId id) {
        return Optional.ofNullable(places.get(id));
    }

    Optional<Node> node(NodeId id) {
        return place(id).map(NodePlace::node);
    }

    /// What the layer took of a run; zero where it was not measured.
    Duration time(NodeId id) {
        OpStats stats = run.layers().get(id);
        return stats == null ? Duration.ZERO : stats.typical();
    }

    Duration time(Collection<NodeId> layers) {
        return layers.stream().map(id -> time(id)).reduce(Duration.ZERO, Duration::plus);
    }

    /// The layers that cost most first.
    List<NodeId> byTime(Collection<NodeId> layers) {
        return layers.stream()
                .distinct()
                .sorted(Comparator.comparing((NodeId id) -> time(id)).reversed().thenComparing(id -> id))
                .toList();
    }

    /// Names as people know them, those that cost most first, only the first few.
    String names(Collection<NodeId> layers) {
        return Words.list(byTime(layers).stream()
                .map(id -> place(id).map(NodePlace::shownName).orElse(id.toString()))
                .toList());
    }

    /// The part, 0…1, of a run of median latency.
    double part(Duration time) {
        long whole = run.latency().p50().toNanos();
        return whole == 0 ? 0 : (double) time.toNanos() / whole;
    }

    /// The command line that measures this model in this place once more, with these options.
    String again(String options) {
        return AgainLine.of(analysis.model(), run.plan(), options);
    }

    Gain gain(Duration perRun, Gain.Kind kind) {
        return new Gain(perRun, part(perRun), kind);
    }
}
