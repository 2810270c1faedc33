package dev.lathe.profile.insight;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Activations and normalizations that ran as kernels of their own behind the layer that could have done them in
/// passing, and such as are spelled out in many small steps where one operator says the same.
public final class Unfused implements InsightRule {
    private static final Set<String> PRODUCERS = Set.of("Conv", "Gemm", "MatMul", "ConvTranspose");
    private static final Set<String> FOLLOWERS = Set.of(
            "Relu", "LeakyRelu", "Clip", "Sigmoid", "Tanh", "HardSigmoid", "HardSwish", "Gelu", "BatchNormalization");

    @Override
    public String id() {
        return "unfused";
    }

    @Override
    public String title() {
        return "activations and normalizations that did not fuse";
    }

    @Override
    public Verdict check(RunFacts facts) {
        if (facts.withoutLayers().isPresent()) {
            return new Verdict.NotChecked(facts.withoutLayers().get());
        }
        List<Finding> found = new ArrayList<>();
        spelledOut(facts).ifPresent(found::add);
        List<NodeId> behind = behind(facts);
        SessionConfig.Level level = facts.run().plan().level();
        if (!behind.isEmpty() && level != SessionConfig.Level.ALL) {
            Duration time = facts.time(behind);
            found.add(Finding.gaining(
                    id(),
                    Words.count(behind.size(), "layer") + " could be done in passing",
                    facts.names(behind) + " read again what the layer before has just written: " + Words.time(time)
                            + " of each run. The run asked for level "
                            + level.name().toLowerCase(java.util.Locale.ROOT)
                            + ", at which the runtime leaves them apart.",
                    Remedy.level(
                            "Measure with all of the runtime's optimizations.",
                            SessionConfig.Level.ALL,
                            facts.again("--level all")),
                    behind,
                    facts.gain(time, Gain.Kind.AT_MOST)));
        }
        return Verdict.of(
                found,
                behind.isEmpty()
                        ? "every activation and normalization behind a product is done with it"
                        : Words.count(behind.size(), "layer")
                                + " behind a product ran alone although the runtime may fuse"
                                + " all that it can, and no pass does it");
    }

    private static List<NodeId> behind(RunFacts facts) {
        List<NodeId> apart = new ArrayList<>();
        Graph g = facts.graph();
        for (Node n : g.nodes()) {
            OpStats stats = facts.run().layers().get(n.id());
            if (stats != null
                    && !stats.typical().isZero()
                    && !stats.shared()
                    && FOLLOWERS.contains(n.op())
                    && g.consumers(n.input(0)).size() == 1
                    && !g.isOutput(n.input(0))
                    && g.producer(n.input(0))
                            .filter(p -> PRODUCERS.contains(p.op()))
                            .isPresent()) {
                apart.add(n.id());
            }
        }
        return facts.byTime(apart);
    }

    /// Erf in steps of its own: what Gelu says in one operator.
    private Optional<Finding> spelledOut(RunFacts facts) {
        List<NodeId> parts = new ArrayList<>();
        int whole = 0;
        for (Node n : facts.graph().nodes()) {
            OpStats stats = facts.run().layers().get(n.id());
            // One kernel for all of it shares its time among the steps.
            if (n.op().equals("Erf") && stats != null && !stats.typical().isZero() && !stats.shared()) {
                List<NodeId> around = around(facts, n);
                if (around.size() > 2) {
                    whole++;
                    parts.addAll(around);
                }
            }
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        List<NodeId> places = facts.byTime(parts);
        Duration time = facts.time(places);
        return Optional.of(Finding.gaining(
                id(),
                Words.count(whole, "Gelu") + " spelled out in " + Words.count(places.size(), "layer"),
                "x · ½ · (1 + erf(x / √2)) runs step by step, each step reading and writing the whole tensor: "
                        + Words.time(time) + " of each run, " + facts.names(places) + ".",
                facts.run().plan().level() == SessionConfig.Level.ALL
                        ? Remedy.byHand(
                                "Say it in one operator: lathe edit MODEL -o OUT 'replace NODE with { y = Gelu(x) }'"
                                        + " (operator set 20).")
                        : Remedy.level("Let the runtime fuse it.", SessionConfig.Level.ALL, facts.again("--level all")),
                places,
                facts.gain(time, Gain.Kind.AT_MOST)));
    }

    /// The Erf with the steps around it that use nothing but it.
    private static List<NodeId> around(RunFacts facts, Node erf) {
        Graph g = facts.graph();
        List<NodeId> parts = new ArrayList<>(List.of(erf.id()));
        g.producer(erf.input(0))
                .filter(p -> p.op().equals("Div") || p.op().equals("Mul"))
                .ifPresent(p -> parts.add(p.id()));
        ValueId at = erf.output(0);
        for (String op : List.of("Add", "Mul", "Mul")) {
            List<Node> next = g.consumers(at);
            if (next.size() != 1 || !next.getFirst().op().equals(op)) {
                break;
            }
            parts.add(next.getFirst().id());
            at = next.getFirst().output(0);
        }
        return parts;
    }
}
