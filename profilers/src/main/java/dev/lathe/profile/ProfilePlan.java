package dev.lathe.profile;

import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.util.Map;
import java.util.Optional;

/// What to measure: target, warm-up and counted runs, the seed of the random inputs, sizes of free
/// dimensions, and how many runs a second are profiled per kernel (the others give the latency). `runs` 0
/// means until cancelled. `options` are keys of the engine's own, as in [SessionConfig]. `streams` are runs in flight
/// at once on the same opened model, each with inputs of its own and at least `runs` runs on average; `streamed`
/// runs go by the wall clock and are not profiled, several are always so.
public record ProfilePlan(
        RunTarget target,
        SessionConfig.Level level,
        int warmup,
        int runs,
        long seed,
        DimBindings dims,
        double profiledRunsPerSecond,
        Map<String, String> options,
        int streams,
        boolean streamed) {
    /// Enough samples of every layer in a short run, and layers that follow a long one; the loop itself bounds what
    /// they may cost.
    public static final double USUAL_PROFILED_PER_SECOND = 10;

    public static final double MOST_PROFILED_PER_SECOND = 100;

    public ProfilePlan {
        options = Map.copyOf(options);
    }

    /// One run after the other.
    public ProfilePlan(
            RunTarget target,
            SessionConfig.Level level,
            int warmup,
            int runs,
            long seed,
            DimBindings dims,
            double profiledRunsPerSecond,
            Map<String, String> options) {
        this(target, level, warmup, runs, seed, dims, profiledRunsPerSecond, options, 1, false);
    }

    public ProfilePlan(
            RunTarget target,
            SessionConfig.Level level,
            int warmup,
            int runs,
            long seed,
            DimBindings dims,
            double profiledRunsPerSecond) {
        this(target, level, warmup, runs, seed, dims, profiledRunsPerSecond, Map.of(), 1, false);
    }

    /// What the two measure differently, in two words: their latencies are then no measure of two models. How often
    /// something was run, and with which random numbers, is no such difference; empty where there is none.
    public Optional<String> otherThan(ProfilePlan that) {
        if (!dims.equals(that.dims)) {
            return Optional.of("other sizes");
        }
        if (!target.engine().equals(that.target.engine())) {
            return Optional.of("other engine");
        }
        if (!target.device().equals(that.target.device())) {
            return Optional.of("other device");
        }
        if (target.threads() != that.target.threads()) {
            return Optional.of("other threads");
        }
        if (streams != that.streams) {
            return Optional.of("other streams");
        }
        if (level != that.level) {
            return Optional.of("other level");
        }
        return options.equals(that.options) ? Optional.empty() : Optional.of("other options");
    }

    public ProfilePlan withOptions(Map<String, String> next) {
        return new ProfilePlan(target, level, warmup, runs, seed, dims, profiledRunsPerSecond, next, streams, streamed);
    }

    public ProfilePlan withStreams(int next) {
        return streamed(next, next > 1);
    }

    /// As one of several numbers of streams that are compared: one is measured in the same way as many.
    public ProfilePlan comparingStreams(int next) {
        return streamed(next, true);
    }

    private ProfilePlan streamed(int next, boolean so) {
        return new ProfilePlan(target, level, warmup, runs, seed, dims, profiledRunsPerSecond, options, next, so);
    }

    /// Counted runs of all streams together; short ones of several go on for a moment, so that the wall clock tells.
    public int allRuns() {
        return Math.multiplyExact(runs, streams);
    }
}
