package dev.lathe.profile;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/// Percentiles and means of durations, by nearest rank: a percentile is the smallest measured value that at
/// least that part of all values does not exceed, so it is never a value that did not occur.
public final class Statistics {
    private static final LatencyStats NOTHING = new LatencyStats(
            0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private Statistics() {}

    /// Statistics of run times in ns; all zero, with `runs` = 0, when there are none.
    public static LatencyStats latency(Collection<Long> nanos) {
        return latency(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    /// Statistics of run times in ns, in any order.
    public static LatencyStats latency(long[] nanos) {
        if (nanos.length == 0) {
            return NOTHING;
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new LatencyStats(
                sorted.length,
                Duration.ofNanos(percentile(sorted, 50)),
                Duration.ofNanos(percentile(sorted, 90)),
                Duration.ofNanos(percentile(sorted, 99)),
                Duration.ofNanos(Math.round(Arrays.stream(sorted).average().orElse(0))),
                Duration.ofNanos(sorted[0]),
                Duration.ofNanos(sorted[sorted.length - 1]));
    }

    /// The mean without the smallest and the largest quarter, at least one of each where there are three
    /// values: as robust as a median, and it uses more of the values. 0 for none.
    public static double trimmedMean(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int cut = sorted.length < 3 ? 0 : Math.max(1, sorted.length / 4);
        return Arrays.stream(sorted, cut, sorted.length - cut).average().orElse(0);
    }

    /// @param sorted ascending, not empty
    /// @param percent in 0 … 100
    public static long percentile(long[] sorted, double percent) {
        // The small slack keeps 0.29 · 100 = 28.999999999999996 from counting as rank 29.
        int rank = (int) Math.ceil(percent * sorted.length / 100 - 1e-9);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }
}
