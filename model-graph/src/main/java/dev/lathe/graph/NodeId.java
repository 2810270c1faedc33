package dev.lathe.graph;

/// A node's identity: unique within a [Model] (subgraphs and functions included) and kept by edits that keep
/// the node.
public record NodeId(int index) implements Comparable<NodeId> {
    @Override
    public int compareTo(NodeId other) {
        return Integer.compare(index, other.index);
    }
}
