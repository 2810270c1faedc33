package dev.lathe.profile;

import java.util.OptionalLong;

/// Memory of the worker process in bytes: resident now and at most, and of the engine's arena where it can be
/// read.
public record MemoryStats(
        long residentBytes, long peakResidentBytes, OptionalLong arenaInUseBytes, OptionalLong arenaPeakBytes) {}
