package dev.lathe.report;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodePlace;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One layer with what one execution of it costs by definition and, where it was measured, what it took. `in` is the
/// path of the body that it stands in, empty for the main graph. The cost of a node that runs a body includes the
/// body's, its time does not.
public record LayerRow(Node node, String in, String outputShape, NodeCost cost, Optional<OpStats> measured) {

    /// All layers in execution order: the nodes of the main graph, and those of the bodies that ran.
    public static List<LayerRow> of(Analysis analysis, Optional<ProfileRun> run) {
        List<LayerRow> rows = new ArrayList<>();
        for (NodePlace place : NodePlace.all(analysis.model().graph())) {
            Optional<OpStats> stats = run.flatMap(
                    r -> Optional.ofNullable(r.layers().get(place.node().id())));
            if (place.in().isEmpty() || stats.isPresent()) {
                rows.add(of(analysis, place, stats));
            }
        }
        return rows;
    }

    /// All nodes of the model, those of bodies and functions too.
    static List<LayerRow> everywhere(Analysis analysis) {
        return NodePlace.everywhere(analysis.model()).stream()
                .map(p -> of(analysis, p, Optional.empty()))
                .toList();
    }

    private static LayerRow of(Analysis analysis, NodePlace place, Optional<OpStats> stats) {
        Node node = place.node();
        ValueId out =
                node.outputs().stream().filter(ValueId::isPresent).findFirst().orElse(ValueId.ABSENT);
        return new LayerRow(
                node,
                place.in(),
                analysis.type(out).shape().toString(),
                analysis.costs().once(node.id()),
                stats);
    }

    /// The node's name with the path of its body.
    public String shownName() {
        return in + node.shownName();
    }

    /// A fixed amount as a number, anything else as nothing: tables show unknown as unknown.
    static Optional<Long> known(Dim amount) {
        return amount.fixed().isPresent() ? Optional.of(amount.fixed().getAsLong()) : Optional.empty();
    }
}
