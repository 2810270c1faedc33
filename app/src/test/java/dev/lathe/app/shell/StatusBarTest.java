package dev.lathe.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.MemoryStats;
import dev.lathe.profile.Statistics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// The words of the status bar.
class StatusBarTest {
    @Test
    void theProfilersCostIsWordsThatASmallModelDoesNotMakeAbsurd() {
        assertThat(StatusBar.overhead(5.63)).isEqualTo("profiler overhead 5.6 %, not in the numbers");
        assertThat(StatusBar.overhead(0)).isEqualTo("no profiler overhead");
        assertThat(StatusBar.overhead(350)).isEqualTo("profiled runs made the loop 4.5× as long; not in the numbers");
        assertThat(StatusBar.overhead(Double.NaN)).isEmpty();
    }

    @Test
    void oneRunIsNoPlural() {
        assertThat(StatusBar.counted(1)).isEqualTo("1 run");
        assertThat(StatusBar.counted(20)).isEqualTo("20 runs");
    }

    @Test
    void theFirstNumbersAreThoseOfTheWarmUpAndSaySo() {
        assertThat(StatusBar.runs(sample(true, 0))).isEqualTo("warming up");
        assertThat(StatusBar.runs(sample(true, 2))).isEqualTo("warming up · 5.00 ms");
        assertThat(StatusBar.runs(sample(false, 2))).isEqualTo("2 of 10 runs · 5.00 ms p50");
    }

    private static LiveSample sample(boolean warmingUp, int runs) {
        long[] nanos = new long[runs];
        Arrays.fill(nanos, 5_000_000);
        LatencyStats latency = Statistics.latency(nanos);
        return new LiveSample(
                Duration.ZERO,
                warmingUp ? 0 : runs,
                10,
                latency,
                latency,
                0,
                new MemoryStats(0, 0, OptionalLong.empty(), OptionalLong.empty()),
                List.of(),
                0,
                0,
                Map.of(),
                Duration.ZERO,
                List.of(),
                warmingUp);
    }
}
