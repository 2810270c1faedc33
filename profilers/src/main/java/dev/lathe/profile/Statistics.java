package dev.lathe.profile;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/// Percentiles and means of durations. A percentile is the smallest value that at least that part of the
/// values does not exceed (nearest rank), so it is always a value that was measured.
public final class Statistics {
    private Statistics() {}

    /// All zero with `runs` = 0 when there is nothing.
    public static LatencyStats latency(Collection<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return new LatencyStats(
                    0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        return new LatencyStats(
                sorted.length,
                Duration.ofNanos(percentile(sorted, 50)),
                Duration.ofNanos(percentile(sorted, 90)),
                Duration.ofNanos(percentile(sorted, 99)),
                Duration.ofNanos(Math.round(Arrays.stream(sorted).average().orElse(0))),
                Duration.ofNanos(sorted[0]),
                Duration.ofNanos(sorted[sorted.length - 1]));
    }

    /// @param sorted ascending, not empty
    /// @param percent in 0 … 100
    public static long percentile(long[] sorted, double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }
}
