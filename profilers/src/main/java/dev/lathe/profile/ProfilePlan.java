package dev.lathe.profile;

import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;

/// What to measure: target, warm-up and counted runs, the seed of the random inputs, sizes of free
/// dimensions, and how many runs a second are profiled per kernel (the others give the latency). `runs` 0
/// means until cancelled.
public record ProfilePlan(
        RunTarget target,
        SessionConfig.Level level,
        int warmup,
        int runs,
        long seed,
        DimBindings dims,
        double profiledRunsPerSecond) {}
