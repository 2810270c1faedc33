package dev.lathe.graph.analyze;

import dev.lathe.graph.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The cost of every node of the main graph (a node with subgraphs or a function call includes what is
/// inside), and their sum. `unknown` are the nodes whose FLOPs are unknown; while there are any,
/// `total().flops()` is unknown.
public record Costs(Map<NodeId, NodeCost> perNode, NodeCost total, List<NodeId> unknown) {
    public Costs {
        perNode = Collections.unmodifiableMap(perNode);
        unknown = List.copyOf(unknown);
    }

    public NodeCost of(NodeId id) {
        return perNode.getOrDefault(id, NodeCost.unknown());
    }
}
