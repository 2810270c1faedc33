package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds one circle among nodes that no order satisfies, so that the message names its nodes and not all
/// behind it.
final class Cycle {
    private Cycle() {}

    /// The nodes of one circle in the order in which data would flow.
    static List<Node> in(List<Node> stuck) {
        Map<ValueId, Node> producers = new HashMap<>();
        for (Node n : stuck) {
            n.outputs().forEach(o -> producers.put(o, n));
        }
        Map<NodeId, Node> walked = new LinkedHashMap<>();
        Node at = stuck.getFirst();
        while (walked.putIfAbsent(at.id(), at) == null) {
            at = stuckProducer(at, producers);
        }
        List<Node> path = new ArrayList<>(walked.values());
        NodeId first = at.id();
        while (!path.getFirst().id().equals(first)) {
            path.removeFirst();
        }
        return path.reversed();
    }

    /// Every stuck node waits for another stuck one; if it did not, it would not be stuck.
    private static Node stuckProducer(Node node, Map<ValueId, Node> producers) {
        List<ValueId> needs = new ArrayList<>(node.inputs());
        for (Graph g : node.subgraphs()) {
            needs.addAll(g.captures());
        }
        for (ValueId v : needs) {
            Node p = v.isPresent() ? producers.get(v) : null;
            if (p != null) {
                return p;
            }
        }
        return node;
    }
}
