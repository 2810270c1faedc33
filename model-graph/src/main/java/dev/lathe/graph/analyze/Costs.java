package dev.lathe.graph.analyze;

import dev.lathe.graph.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The cost of every node of the main graph (a node with subgraphs or a function call includes what is
/// inside), and their sum. `unknown` are the nodes whose FLOPs are unknown; while there are any,
/// `total().flops()` is unknown. `inside` are the nodes of bodies and functions, one execution each: their
/// costs are part of those of the node that runs them, so who adds up leaves them out.
/// What a function's node costs is told where all calls of the function agree on it, and unknown elsewhere.
public record Costs(Map<NodeId, NodeCost> perNode, Map<NodeId, NodeCost> inside, NodeCost total, List<NodeId> unknown) {
    public Costs {
        perNode = Collections.unmodifiableMap(perNode);
        inside = Collections.unmodifiableMap(inside);
        unknown = List.copyOf(unknown);
    }

    /// The cost of a node of the main graph; unknown for any other.
    public NodeCost of(NodeId id) {
        return perNode.getOrDefault(id, NodeCost.unknown());
    }

    /// What one execution of a node costs, wherever it stands.
    public NodeCost once(NodeId id) {
        NodeCost main = perNode.get(id);
        return main != null ? main : inside.getOrDefault(id, NodeCost.unknown());
    }
}
