package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Layers that compute with sizes of tensors (Shape, Gather, Concat …) in every run, although all runs have the same.
public final class ShapeArithmetic implements InsightRule {
    @Override
    public String id() {
        return "shape-arithmetic";
    }

    @Override
    public String title() {
        return "arithmetic with sizes";
    }

    @Override
    public Verdict check(RunFacts facts) {
        if (facts.withoutLayers().isPresent()) {
            return new Verdict.NotChecked(facts.withoutLayers().get());
        }
        Set<NodeId> sizes = Varying.sizesOnly(facts.graph());
        List<NodeId> ran = facts.byTime(
                sizes.stream().filter(id -> !facts.time(id).isZero()).toList());
        if (ran.isEmpty()) {
            return new Verdict.Clean("no layer computes with sizes alone");
        }
        Duration time = facts.time(ran);
        Map<String, Long> free = facts.run().plan().dims().sizes();
        return Verdict.found(Finding.gaining(
                id(),
                Words.count(ran.size(), "layer") + (ran.size() == 1 ? " computes" : " compute") + " with sizes only",
                Words.text(
                        "%s take %s of each run, and come to the same every time as long as sizes stay as they are.",
                        Words.operators(ran.stream()
                                .flatMap(id -> facts.node(id).stream())
                                .toList()),
                        Words.time(time)),
                free.isEmpty()
                        ? Remedy.pass("Simplify replaces sizes by numbers.", "simplify")
                        : Remedy.byHand(
                                "If you always run with " + sizes(free) + ", fix that in the file (lathe edit MODEL"
                                        + " -o OUT 'type INPUT: …') and simplify: numbers take their place."),
                ran,
                facts.gain(time, Gain.Kind.AT_MOST)));
    }

    private static String sizes(Map<String, Long> free) {
        return Words.list(free.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey() + " = " + e.getValue())
                .toList());
    }
}
