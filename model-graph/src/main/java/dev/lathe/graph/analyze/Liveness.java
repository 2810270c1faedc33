package dev.lathe.graph.analyze;

import dev.lathe.graph.Dim;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When each activation of the main graph is alive, in execution order, and how much memory they take
/// together at most: an output of an If counts with what its larger branch gives.
///
/// `peakBytes` is unknown when some activation's size is; `knownPeakBytes` is then the peak over those that
/// are known. `unsized` are the nodes of which it is not known what they need inside while they run. `peakAt` is the
/// node during which the peak stands. `foldedBytes` is no part of the peak: what a
/// runtime computes from constants alone when it loads the model, and keeps like weights from then on.
public record Liveness(
        Dim peakBytes,
        long knownPeakBytes,
        Optional<NodeId> peakAt,
        Map<ValueId, Lifetime> lifetimes,
        List<ValueId> atPeak,
        List<NodeId> unsized,
        long foldedBytes) {
    public Liveness {
        lifetimes = java.util.Collections.unmodifiableMap(lifetimes);
        atPeak = List.copyOf(atPeak);
        unsized = List.copyOf(unsized);
    }

    Liveness withFolded(long bytes) {
        return new Liveness(peakBytes, knownPeakBytes, peakAt, lifetimes, atPeak, unsized, bytes);
    }

    /// Alive from the node at position `from` (−1 for graph inputs) to the node at position `to` inclusive
    /// (number of nodes for outputs). `bytes` is its own storage; 0 where it is a view of another value or
    /// reuses its input in place.
    public record Lifetime(int from, int to, Dim bytes) {}
}
