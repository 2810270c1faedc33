package dev.lathe.app.memory;

import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import java.util.Optional;

/// A tensor's storage in the predicted arena: alive from the node at position `from` (−1 for inputs of the model) to
/// that at `to`, `bytes` large, at `offset` where it fits first.
public record MemoryBlock(
        ValueId value,
        String name,
        Optional<NodeId> producer,
        int from,
        int to,
        long bytes,
        long offset,
        boolean atPeak) {

    boolean aliveAt(int position) {
        return from <= position && position <= to;
    }
}
