package dev.lathe.app.memory;

import dev.lathe.profile.GpuMemory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What the Memory tab shows: the predicted lifetimes of tensors over the execution order of `nodes` nodes, what they
/// take together (`live`, by position, from −1 on), and what was measured.
///
/// @param asItRuns whether the graph is the one that the runtime made of the model
/// @param unknown tensors whose size is not known, which are counted as nothing
/// @param runtimePeak the peak that is predicted from the graph that the runtime runs
/// @param weights of the model, in bytes; empty where some are unknown
/// @param computedAtLoad what the runtime computes from constants when it loads the model
/// @param resident the most that the worker process held
/// @param gpu what the run held on graphics cards, where one took part
public record MemoryState(
        boolean hasModel,
        boolean asItRuns,
        int nodes,
        List<MemoryBlock> blocks,
        List<Long> live,
        long predictedPeak,
        int peakAt,
        String peakNode,
        int unknown,
        OptionalLong runtimePeak,
        Optional<ArenaCurve> arena,
        OptionalLong weights,
        long computedAtLoad,
        OptionalLong resident,
        Optional<GpuMemory> gpu) {
    static final MemoryState EMPTY = new MemoryState(
            false,
            false,
            0,
            List.of(),
            List.of(),
            0,
            0,
            "",
            0,
            OptionalLong.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            0,
            OptionalLong.empty(),
            Optional.empty());

    public MemoryState {
        blocks = List.copyOf(blocks);
        live = List.copyOf(live);
    }

    /// How far the peak that is predicted from this graph is from what the arena held for tensors at most, as a
    /// part of the latter: above 0 when too high. The runtime fuses nodes and plans its buffers, so it may be far.
    public OptionalDouble error() {
        return error(OptionalLong.of(predictedPeak));
    }

    /// The same of the peak that is predicted from the graph that the runtime runs.
    public OptionalDouble runtimeError() {
        return error(runtimePeak);
    }

    private OptionalDouble error(OptionalLong predicted) {
        return arena.isPresent() && arena.get().peak() > 0 && predicted.isPresent()
                ? OptionalDouble.of((double) predicted.getAsLong() / arena.get().peak() - 1)
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
