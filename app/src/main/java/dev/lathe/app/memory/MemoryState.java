package dev.lathe.app.memory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What the Memory tab shows: the predicted lifetimes of tensors over the execution order of `nodes` nodes, what they
/// take
/// together (`live`, by position, from −1 on), and what was measured.
///
/// @param unknown tensors whose size is not known, which are counted as nothing
/// @param weights of the model, in bytes; empty where some are unknown
/// @param computedAtLoad what the runtime computes from constants when it loads the model
/// @param resident the most that the worker process held
public record MemoryState(
        boolean hasModel,
        int nodes,
        List<MemoryBlock> blocks,
        List<Long> live,
        long predictedPeak,
        int peakAt,
        String peakNode,
        int unknown,
        Optional<ArenaCurve> arena,
        OptionalLong weights,
        long computedAtLoad,
        OptionalLong resident) {
    static final MemoryState EMPTY = new MemoryState(
            false,
            0,
            List.of(),
            List.of(),
            0,
            0,
            "",
            0,
            Optional.empty(),
            OptionalLong.empty(),
            0,
            OptionalLong.empty());

    public MemoryState {
        blocks = List.copyOf(blocks);
        live = List.copyOf(live);
    }

    /// Whether the arena grew less than half as far as tensors need: a runtime that knows its tensors' sizes
    /// reserves room for all of them before the first kernel, which cannot be told apart from what it held before.
    public boolean reservedAhead() {
        return arena.filter(a -> 2 * a.peak() < predictedPeak).isPresent();
    }

    /// How far the predicted peak is from what the arena held at most, as a part of the latter: above 0 when too
    /// high. Empty where the arena was [#reservedAhead].
    public OptionalDouble error() {
        return arena.isPresent() && arena.get().peak() > 0 && !reservedAhead()
                ? OptionalDouble.of((double) predictedPeak / arena.get().peak() - 1)
                : OptionalDouble.empty();
    }

    /// The tensors that make the peak, the largest first.
    public List<MemoryBlock> peakMakers() {
        return blocks.stream()
                .filter(b -> b.atPeak() && b.bytes() > 0)
                .sorted(java.util.Comparator.comparingLong(MemoryBlock::bytes).reversed())
                .toList();
    }
}
