package dev.lathe.profile.insight;

import dev.lathe.graph.Attrs;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Layers that compute what another layer has computed already: the same operator with the same settings on the same
/// tensors.
public final class DoneTwice implements InsightRule {
    private static final Set<String> RANDOM = Set.of(
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "Bernoulli",
            "Multinomial",
            "Dropout");

    private record Computes(String domain, String op, String overload, Attrs attrs, List<ValueId> inputs) {}

    @Override
    public String id() {
        return "done-twice";
    }

    @Override
    public String title() {
        return "layers that compute the same";
    }

    @Override
    public Verdict check(RunFacts facts) {
        if (facts.withoutLayers().isPresent()) {
            return new Verdict.NotChecked(facts.withoutLayers().get());
        }
        Map<Computes, NodeId> first = new HashMap<>();
        Map<ValueId, ValueId> same = new HashMap<>();
        List<NodeId> again = new ArrayList<>();
        Set<NodeId> seen = new HashSet<>();
        for (Node n : facts.graph().nodes()) {
            if (!n.subgraphs().isEmpty()
                    || RANDOM.contains(n.op())
                    || n.inputs().isEmpty()) {
                continue;
            }
            List<ValueId> inputs =
                    n.inputs().stream().map(v -> same.getOrDefault(v, v)).toList();
            Computes what = new Computes(n.domain(), n.op(), n.overload(), n.attrs(), inputs);
            NodeId before = first.putIfAbsent(what, n.id());
            if (before != null && seen.add(n.id())) {
                facts.node(before).ifPresent(b -> {
                    for (int i = 0; i < Math.min(n.outputs().size(), b.outputs().size()); i++) {
                        same.put(n.output(i), b.output(i));
                    }
                });
                if (!facts.time(n.id()).isZero()) {
                    again.add(n.id());
                }
            }
        }
        if (again.isEmpty()) {
            return new Verdict.Clean("no two layers that ran compute the same");
        }
        Duration time = facts.time(again);
        List<NodeId> places = facts.byTime(again);
        return Verdict.found(Finding.gaining(
                id(),
                Words.count(again.size(), "layer") + (again.size() == 1 ? " computes" : " compute")
                        + " what another has computed",
                "The same operator on the same tensors ran again: " + facts.names(places) + ", " + Words.time(time)
                        + " of each run.",
                Remedy.pass("Simplify computes it once.", "simplify"),
                places,
                facts.gain(time, Gain.Kind.ESTIMATE)));
    }
}
