package dev.lathe.app.inspector;

import dev.lathe.graph.NodeId;
import java.util.List;

/// What the inspector is asked to show: the whole model, one layer, or a block of layers.
public sealed interface Inspected {

    /// Nothing is selected, so the model as a whole.
    record Whole() implements Inspected {}

    /// A layer: its main node, and all nodes that belong to it (its bias, its activation), whose time is its time.
    record Layer(NodeId node, List<NodeId> together, String name) implements Inspected {
        public Layer {
            together = List.copyOf(together);
        }
    }

    /// `path` is the block's name as people read it.
    record Block(String path, List<NodeId> nodes) implements Inspected {
        public Block {
            nodes = List.copyOf(nodes);
        }
    }
}
