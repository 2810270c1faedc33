package dev.lathe.profile;

import dev.lathe.profile.memory.ArenaUse;
import java.util.Optional;
import java.util.OptionalLong;

/// Memory of the worker process in bytes: resident now and at most, and of the engine's arena where it can be
/// read: what it had given out, with what was rounded up, last and at most. `arena` is what it held for tensors alone,
/// `gpu` what is held on graphics cards, where one takes part.
public record MemoryStats(
        long residentBytes,
        long peakResidentBytes,
        OptionalLong arenaInUseBytes,
        OptionalLong arenaPeakBytes,
        Optional<ArenaUse> arena,
        Optional<GpuMemory> gpu) {
    public MemoryStats(
            long residentBytes, long peakResidentBytes, OptionalLong arenaInUseBytes, OptionalLong arenaPeakBytes) {
        this(residentBytes, peakResidentBytes, arenaInUseBytes, arenaPeakBytes, Optional.empty(), Optional.empty());
    }

    public MemoryStats withArena(Optional<ArenaUse> next) {
        return new MemoryStats(residentBytes, peakResidentBytes, arenaInUseBytes, arenaPeakBytes, next, gpu);
    }

    public MemoryStats withGpu(Optional<GpuMemory> next) {
        return new MemoryStats(residentBytes, peakResidentBytes, arenaInUseBytes, arenaPeakBytes, arena, next);
    }
}
