package dev.lathe.app.compare;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Matches two variants layer by layer through the source model that both come from.
record Comparison(Graph source, ScopeTree layers) {

    /// One row per layer of the source in order of execution, then what passes added. The rows add up to each side's
    /// whole graph.
    List<CompareRow> rows(Side a, Side b) {
        LayerShares left = LayerShares.of(a);
        LayerShares right = LayerShares.of(b);
        boolean timedA = a.times().measured();
        boolean timedB = b.times().measured();
        List<CompareRow> rows = new ArrayList<>();
        Set<NodeId> taken = new HashSet<>();
        for (ScopeTree.Item item : layers.layers()) {
            List<NodeId> nodes = switch (item) {
                case ScopeTree.Scope s -> s.nodes();
                case ScopeTree.Leaf l -> List.of(l.node());
            };
            Optional<NodeId> head = switch (item) {
                case ScopeTree.Scope s -> s.head();
                case ScopeTree.Leaf l -> Optional.of(l.node());
            };
            taken.addAll(nodes);
            String name = head.map(layers::layerName).filter(n -> !n.isEmpty()).orElse(item.label());
            rows.add(row(name, head, nodes, left, right, timedA, timedB));
        }
        List<NodeId> rest = source.nodes().stream()
                .map(Node::id)
                .filter(n -> !taken.contains(n))
                .toList();
        CompareRow other = row("constants and shape arithmetic", Optional.empty(), rest, left, right, timedA, timedB);
        if (other.bytesA()
                        + other.bytesB()
                        + other.nanosA().orElse(0)
                        + other.nanosB().orElse(0)
                > 0) {
            rows.add(other);
        }
        Set<String> passes = new LinkedHashSet<>(left.added().keySet());
        passes.addAll(right.added().keySet());
        for (String pass : passes) {
            LayerShares.Share in = left.added().getOrDefault(pass, new LayerShares.Share());
            LayerShares.Share out = right.added().getOrDefault(pass, new LayerShares.Share());
            rows.add(new CompareRow(
                    "added by " + pass,
                    Optional.empty(),
                    time(in.nanos, timedA),
                    time(out.nanos, timedB),
                    in.bytes,
                    out.bytes,
                    change(in.nodes.size(), out.nodes.size())));
        }
        return rows;
    }

    private static CompareRow row(
            String name,
            Optional<NodeId> head,
            Collection<NodeId> nodes,
            LayerShares left,
            LayerShares right,
            boolean timedA,
            boolean timedB) {
        LayerShares.Share a = sum(nodes, left);
        LayerShares.Share b = sum(nodes, right);
        return new CompareRow(
                name,
                head,
                time(a.nanos, timedA),
                time(b.nanos, timedB),
                a.bytes,
                b.bytes,
                change(a.nodes.size(), b.nodes.size()));
    }

    private static LayerShares.Share sum(Collection<NodeId> nodes, LayerShares shares) {
        LayerShares.Share sum = new LayerShares.Share();
        for (NodeId n : nodes) {
            LayerShares.Share one = shares.bySource().get(n);
            if (one != null) {
                sum.nanos += one.nanos;
                sum.bytes += one.bytes;
                sum.nodes.addAll(one.nodes);
            }
        }
        return sum;
    }

    private static OptionalDouble time(double nanos, boolean timed) {
        return timed ? OptionalDouble.of(nanos) : OptionalDouble.empty();
    }

    private static String change(int a, int b) {
        if (a == b) {
            return "";
        }
        String word = b == 0 ? "removed" : a == 0 ? "added" : b < a ? "fused" : "split up";
        return a + " → " + b + " " + word;
    }
}
