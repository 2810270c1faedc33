package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Layers that compute the same in every run, from constants alone, and yet ran.
public final class ConstantNotFolded implements InsightRule {
    /// Weights in 8 bits are kept so, and made floats in passing: [UnfusedQuantization] looks at those.
    private static final Set<String> ON_PURPOSE = Set.of("DequantizeLinear", "Constant");

    @Override
    public String id() {
        return "constant-not-folded";
    }

    @Override
    public String title() {
        return "constants that are computed in every run";
    }

    @Override
    public Verdict check(RunFacts facts) {
        if (facts.withoutLayers().isPresent()) {
            return new Verdict.NotChecked(facts.withoutLayers().get());
        }
        Set<NodeId> constant = Varying.constant(facts.graph());
        List<NodeId> ran = facts.byTime(constant.stream()
                .filter(id -> !facts.time(id).isZero())
                .filter(id ->
                        facts.node(id).filter(n -> !ON_PURPOSE.contains(n.op())).isPresent())
                .toList());
        if (ran.isEmpty()) {
            return new Verdict.Clean(
                    constant.isEmpty()
                            ? "no layer computes from constants alone"
                            : "the runtime computed all " + constant.size()
                                    + " constant layers when it opened the model");
        }
        Duration time = facts.time(ran);
        SessionConfig.Level level = facts.run().plan().level();
        return Verdict.found(Finding.gaining(
                id(),
                Words.count(ran.size(), "layer") + (ran.size() == 1 ? " computes" : " compute")
                        + " a constant in every run",
                "Nothing that comes in reaches " + facts.names(ran) + ", and yet they took " + Words.time(time)
                        + " of each run"
                        + (level == SessionConfig.Level.NONE ? " (the runtime's own optimizations are off)." : "."),
                Remedy.pass("Simplify computes them once and stores the result.", "simplify"),
                ran,
                facts.gain(time, Gain.Kind.ESTIMATE)));
    }
}
