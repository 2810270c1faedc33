package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    /// The definition itself: the smallest value that at least `percent` of all values do not exceed.
    private static long byCounting(long[] values, int percent) {
        return Arrays.stream(values)
                .filter(v -> 100L * Arrays.stream(values).filter(w -> w <= v).count() >= (long) percent * values.length)
                .min()
                .orElseThrow();
    }

    @Test
    void percentilesAreWhatCountingGives() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            long[] values = random.longs(1 + random.nextInt(120), 0, 50).toArray();
            long[] sorted = values.clone();
            Arrays.sort(sorted);
            for (int percent : new int[] {1, 29, 50, 57, 90, 99, 100}) {
                assertThat(Statistics.percentile(sorted, percent))
                        .as("p%d of %s", percent, Arrays.toString(sorted))
                        .isEqualTo(byCounting(values, percent));
            }
        }
    }

    @Test
    void latencyDoesNotDependOnTheOrderOfRuns() {
        LatencyStats s = Statistics.latency(List.of(30L, 10L, 20L, 40L));
        assertThat(s)
                .isEqualTo(new LatencyStats(
                        4,
                        Duration.ofNanos(20),
                        Duration.ofNanos(40),
                        Duration.ofNanos(40),
                        Duration.ofNanos(25),
                        Duration.ofNanos(10),
                        Duration.ofNanos(40)));
    }

    @Test
    void nothingMeasuredIsZeroRuns() {
        assertThat(Statistics.latency(List.of()).runs()).isZero();
    }
}
