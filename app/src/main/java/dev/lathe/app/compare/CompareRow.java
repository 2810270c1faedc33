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

    /// What [#change] means, for who reads it for the first time.
    public String changeSentence() {
        String[] words = change.split(" ", 4);
        if (words.length < 4) {
            return "";
        }
        String was = words[0] + (words[0].equals("1") ? " node" : " nodes");
        return switch (words[3]) {
            case "removed" -> "The layer's " + was + " are no longer in the right variant.";
            case "added" -> "Only in the right variant: " + words[2] + (words[2].equals("1") ? " node." : " nodes.");
            case "fused" -> "The layer's " + was + " do their work in " + words[2] + " in the right variant.";
            default ->
                "The layer's " + was + " are " + words[2] + " in the right variant: each does a part of the work, "
                        + "such as turning numbers into int8, multiplying them and turning them back.";
        };
    }

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
