package dev.lathe.profile;

import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.util.Map;

/// What to measure: target, warm-up and counted runs, the seed of the random inputs, sizes of free
/// dimensions, and how many runs a second are profiled per kernel (the others give the latency). `runs` 0
/// means until cancelled. `options` are keys of the engine's own, as in [SessionConfig].
public record ProfilePlan(
        RunTarget target,
        SessionConfig.Level level,
        int warmup,
        int runs,
        long seed,
        DimBindings dims,
        double profiledRunsPerSecond,
        Map<String, String> options) {
    public ProfilePlan {
        options = Map.copyOf(options);
    }

    public ProfilePlan(
            RunTarget target,
            SessionConfig.Level level,
            int warmup,
            int runs,
            long seed,
            DimBindings dims,
            double profiledRunsPerSecond) {
        this(target, level, warmup, runs, seed, dims, profiledRunsPerSecond, Map.of());
    }

    public ProfilePlan withOptions(Map<String, String> next) {
        return new ProfilePlan(target, level, warmup, runs, seed, dims, profiledRunsPerSecond, next);
    }
}
