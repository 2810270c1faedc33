package dev.lathe.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who makes and who uses which value, and where each node stands, in a list of nodes that never changes. Put together
/// when first asked for: of several edits in a row only the last graph is looked at.
final class GraphIndex {
    private final List<Node> nodes;
    private volatile @Nullable Tables tables;

    /// @param consumers each node once, in order, also where the use is inside its subgraphs
    private record Tables(
            Map<NodeId, Integer> positions, Map<ValueId, Node> producers, Map<ValueId, List<Node>> consumers) {}

    GraphIndex(List<Node> nodes) {
        this.nodes = nodes;
    }

    int position(NodeId id) {
        return tables().positions().getOrDefault(id, -1);
    }

    @Nullable
    Node producer(ValueId id) {
        return tables().producers().get(id);
    }

    List<Node> consumers(ValueId id) {
        return tables().consumers().getOrDefault(id, List.of());
    }

    /// Two threads that ask at once put together the same.
    private Tables tables() {
        Tables there = tables;
        if (there == null) {
            there = of(nodes);
            tables = there;
        }
        return there;
    }

    private static Tables of(List<Node> nodes) {
        Map<NodeId, Integer> positions = HashMap.newHashMap(nodes.size());
        Map<ValueId, Node> producers = HashMap.newHashMap(nodes.size());
        Map<ValueId, List<Node>> consumers = HashMap.newHashMap(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            Node n = nodes.get(i);
            positions.put(n.id(), i);
            for (ValueId out : n.outputs()) {
                if (out.isPresent()) {
                    producers.put(out, n);
                }
            }
            n.inputs().forEach(in -> use(consumers, in, n));
            n.subgraphs().forEach(g -> g.captures().forEach(c -> use(consumers, c, n)));
        }
        return new Tables(positions, producers, consumers);
    }

    private static void use(Map<ValueId, List<Node>> consumers, ValueId value, Node by) {
        if (!value.isPresent()) {
            return;
        }
        List<Node> users = consumers.computeIfAbsent(value, v -> new ArrayList<>(2));
        if (users.isEmpty() || users.getLast() != by) {
            users.add(by);
        }
    }
}
