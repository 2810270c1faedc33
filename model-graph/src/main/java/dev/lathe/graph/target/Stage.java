package dev.lathe.graph.target;

import dev.lathe.graph.NodeId;
import java.util.Set;

/// One stage of a placed model: the nodes that run together on one device.
public record Stage(int index, Device device, Set<NodeId> nodes) {
    public Stage {
        nodes = Set.copyOf(nodes);
    }
}
