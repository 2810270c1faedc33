package dev.lathe.optimize.partition;

import dev.lathe.profile.LatencyStats;
import java.time.Duration;
import java.util.List;

/// Statistics of a list of times.
final class Latencies {
    private Latencies() {}

    static LatencyStats of(List<Long> nanos) {
        if (nanos.isEmpty()) {
            Duration none = Duration.ZERO;
            return new LatencyStats(0, none, none, none, none, none, none);
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        long mean = Math.round(sorted.stream().mapToLong(v -> v).average().orElse(0));
        return new LatencyStats(
                sorted.size(),
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.99),
                Duration.ofNanos(mean),
                Duration.ofNanos(sorted.getFirst()),
                Duration.ofNanos(sorted.getLast()));
    }

    /// The smallest time that at least this share of the times do not exceed.
    private static Duration at(List<Long> sorted, double share) {
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return Duration.ofNanos(sorted.get(Math.clamp(index, 0, sorted.size() - 1)));
    }
}
