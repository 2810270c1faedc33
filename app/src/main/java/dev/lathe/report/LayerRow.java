package dev.lathe.report;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One layer (a node of the main graph) with what it costs by definition and, where it was measured, what it
/// took.
public record LayerRow(Node node, String outputShape, NodeCost cost, Optional<OpStats> measured) {

    /// All layers in execution order.
    public static List<LayerRow> of(Analysis analysis, Optional<ProfileRun> run) {
        List<LayerRow> rows = new ArrayList<>();
        for (Node node : analysis.model().graph().nodes()) {
            ValueId out = node.outputs().stream()
                    .filter(ValueId::isPresent)
                    .findFirst()
                    .orElse(ValueId.ABSENT);
            rows.add(new LayerRow(
                    node,
                    analysis.type(out).shape().toString(),
                    analysis.costs().of(node.id()),
                    run.flatMap(r -> Optional.ofNullable(r.layers().get(node.id())))));
        }
        return rows;
    }

    /// A fixed amount as a number, anything else as nothing: tables show unknown as unknown.
    static Optional<Long> known(Dim amount) {
        return amount.fixed().isPresent() ? Optional.of(amount.fixed().getAsLong()) : Optional.empty();
    }
}
