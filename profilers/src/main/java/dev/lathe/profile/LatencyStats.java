package dev.lathe.profile;

import java.time.Duration;
import java.util.Optional;

/// Latency over `runs` unprofiled runs after warm-up.
public record LatencyStats(
        int runs, Duration p50, Duration p90, Duration p99, Duration mean, Duration min, Duration max) {
    /// With fewer runs a median is an accident.
    public static final int ENOUGH = 10;

    /// A steady measurement's p90 is at most so many times its p50, and that of its shortest runs.
    public static final double STEADY = 1.5;

    /// Why the ratio of two medians is not to be trusted, in a word or two; empty when it is.
    public static Optional<String> doubt(LatencyStats a, LatencyStats b) {
        if (a.steady() && b.steady()) {
            return Optional.empty();
        }
        return Optional.of(Math.min(a.runs, b.runs) < ENOUGH ? "few runs" : "unsteady");
    }

    /// Whether the median can be compared with another: there were enough runs, and most of them took about as long as
    /// the shortest. On a machine that does other things meanwhile they do not.
    public boolean steady() {
        return steady(runs, p50, p90) && p50.toNanos() <= STEADY * min.toNanos();
    }

    /// The same where the shortest is not known.
    public static boolean steady(int runs, Duration p50, Duration p90) {
        return runs >= ENOUGH && p90.toNanos() <= STEADY * p50.toNanos();
    }
}
