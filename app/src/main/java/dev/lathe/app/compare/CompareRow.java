package dev.lathe.app.compare;

import dev.lathe.graph.NodeId;
import java.util.Optional;
import java.util.OptionalDouble;

/// One layer of the source model in two variants: time in ns and bytes of weights on each side, and what became of its
/// nodes in words such as `5 → 1 fused`. `head` is the source's node that a click selects; empty for what a pass added.
public record CompareRow(
        String layer,
        Optional<NodeId> head,
        OptionalDouble nanosA,
        OptionalDouble nanosB,
        double bytesA,
        double bytesB,
        String change) {

    /// B − A in ns; empty until both were measured.
    public OptionalDouble nanosChange() {
        return nanosA.isPresent() && nanosB.isPresent()
                ? OptionalDouble.of(nanosB.getAsDouble() - nanosA.getAsDouble())
                : OptionalDouble.empty();
    }

    public double bytesChange() {
        return bytesB - bytesA;
    }
}
