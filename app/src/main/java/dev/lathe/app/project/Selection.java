package dev.lathe.app.project;

import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import java.util.Optional;

/// What is selected, everywhere at once: ids are those of the shown variant's graph.
public sealed interface Selection {

    /// Nothing.
    record None() implements Selection {}

    /// One node (layer).
    record OfNode(NodeId node) implements Selection {}

    /// A block of nodes, by its scope path as the outline writes it, e.g. `encoder/layer.2`.
    record OfScope(String path) implements Selection {}

    /// A tensor: an input, an output, or what flows along an edge.
    record OfValue(ValueId value) implements Selection {}

    Selection NONE = new None();

    static Selection node(NodeId id) {
        return new OfNode(id);
    }

    static Selection scope(String path) {
        return new OfScope(path);
    }

    static Selection value(ValueId id) {
        return new OfValue(id);
    }

    /// The selected node, when it is one node.
    default Optional<NodeId> asNode() {
        return this instanceof OfNode n ? Optional.of(n.node()) : Optional.empty();
    }
}
