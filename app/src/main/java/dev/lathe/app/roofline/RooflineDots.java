package dev.lathe.app.roofline;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.layers.CeilingShares;
import dev.lathe.app.layers.LayerRow;
import dev.lathe.app.layers.LayerRows;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.graph.op.CostContext;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.cost.LeastTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Makes the dots of the measured layers of the main graph.
record RooflineDots(Analysis analysis, Map<NodeId, Node> nodes) {

    static RooflineState of(Analysis analysis, ScopeTree tree, LayerTimes times, Optional<Ceilings> ceilings) {
        Map<NodeId, Node> main = new HashMap<>();
        analysis.model().graph().nodes().forEach(n -> main.put(n.id(), n));
        RooflineDots dots = new RooflineDots(analysis, main);
        List<RooflineDot> found = new ArrayList<>();
        int idle = 0;
        double idleShare = 0;
        for (LayerRow row : LayerRows.of(analysis, tree, times, CeilingShares.of(analysis, ceilings))
                .perLayer()) {
            Optional<RooflineDot> dot = dots.dot(row);
            dot.ifPresent(found::add);
            if (dot.isEmpty() && row.share() > 0) {
                idle++;
                idleShare += row.share();
            }
        }
        found.sort(Comparator.comparing(RooflineDot::share).reversed());
        return new RooflineState(true, times.measured(), found, idle, idleShare, ceilings);
    }

    private Optional<RooflineDot> dot(LayerRow row) {
        Optional<Node> head = row.head().flatMap(id -> Optional.ofNullable(nodes.get(id)));
        boolean fused = row.timing().map(LayerRow.Timing::shared).orElse(false);
        OptionalLong bytes = bytes(row.nodes(), fused);
        if (head.isEmpty() || row.rate().isEmpty() || bytes.isEmpty() || bytes.getAsLong() == 0) {
            return Optional.empty();
        }
        return Optional.of(new RooflineDot(
                head.get().id(),
                row.nodes(),
                row.layer(),
                row.op(),
                dtype(row.nodes(), head.get()),
                (double) row.flops().orElseThrow() / bytes.getAsLong(),
                row.rate().orElseThrow(),
                row.timing().orElseThrow().time(),
                row.share(),
                row.ceilingShare(),
                fused));
    }

    /// That of the node with most work: beside a product stand the sums that belong to it.
    private DType dtype(List<NodeId> layer, Node head) {
        Node most = layer.stream()
                .flatMap(id -> Optional.ofNullable(nodes.get(id)).stream())
                .max(Comparator.comparingLong(n -> cost(n.id()).flops().fixed().orElse(0)))
                .orElse(head);
        return LeastTimes.dtype(most, analysis);
    }

    /// What the nodes read and write; without what flows between them where one kernel does their work.
    private OptionalLong bytes(List<NodeId> layer, boolean fused) {
        long sum = 0;
        Set<ValueId> inside = new HashSet<>();
        if (fused) {
            layer.forEach(id -> node(id).ifPresent(n -> inside.addAll(n.outputs())));
        }
        for (NodeId id : layer) {
            OptionalLong read = cost(id).bytesRead().fixed();
            OptionalLong written = cost(id).bytesWritten().fixed();
            if (read.isEmpty() || written.isEmpty()) {
                return OptionalLong.empty();
            }
            long between = node(id).stream()
                    .flatMap(n -> n.inputs().stream())
                    .filter(inside::contains)
                    .mapToLong(v -> size(v))
                    .sum();
            // It is neither written by the one nor read by the other.
            sum += Math.max(0, read.getAsLong() + written.getAsLong() - 2 * between);
        }
        return OptionalLong.of(sum);
    }

    private long size(ValueId v) {
        Dim bytes = CostContext.bytes(analysis.type(v));
        return bytes.fixed().orElse(0);
    }

    private Optional<Node> node(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    private NodeCost cost(NodeId id) {
        return analysis.costs().once(id);
    }
}
