package dev.lathe.app.inspector;

import dev.lathe.graph.NodeId;
import java.util.List;

/// What the inspector is asked to show: the whole model, one layer, or a block of layers.
public sealed interface Inspected {

    /// Nothing is selected, so the model as a whole.
    record Whole() implements Inspected {}

    record Layer(NodeId node) implements Inspected {}

    /// `path` is the block's name as people read it.
    record Block(String path, List<NodeId> nodes) implements Inspected {
        public Block {
            nodes = List.copyOf(nodes);
        }
    }
}
