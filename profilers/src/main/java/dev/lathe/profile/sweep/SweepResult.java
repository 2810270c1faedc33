package dev.lathe.profile.sweep;

import dev.lathe.profile.LatencyStats;
import java.time.Duration;

/// What a sweep found at one point.
public sealed interface SweepResult {
    SweepPoint point();

    /// Latency of single runs, runs a second back to back (by the wall clock where several are in flight), and the most
    /// memory that the process had.
    record Measured(SweepPoint point, int runs, Duration p50, Duration p90, double throughputPerSecond, long peakBytes)
            implements SweepResult {
        /// Whether the median can be compared with another.
        public boolean steady() {
            return LatencyStats.steady(runs, p50, p90);
        }
    }

    /// The model did not run there, e.g. because memory did not suffice.
    record Failed(SweepPoint point, String why) implements SweepResult {}
}
