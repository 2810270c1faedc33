package dev.lathe.profile.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.analyze.DimBindings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Concurrent streams as something that a sweep varies.
class SweepStreamsTest {
    private static final DimBindings DIMS = new DimBindings(Map.of("batch", 2L));

    private static SweepResult.Measured at(int streams, double p50Ms, double perSecond) {
        return new SweepResult.Measured(
                new SweepPoint(DIMS, 1, streams),
                20,
                Duration.ofNanos((long) (p50Ms * 1e6)),
                Duration.ofNanos((long) (2 * p50Ms * 1e6)),
                perSecond,
                1000);
    }

    @Test
    void everyCombinationWithThreadsIsAPoint() {
        SweepAxes axes = new SweepAxes(Map.of("batch", List.of(1L, 2L)), List.of(1, 2), List.of(1, 4));
        List<SweepPoint> points = axes.points(DIMS, 8, 1);
        assertThat(points).hasSize(8).doesNotHaveDuplicates();
        assertThat(points.get(1)).isEqualTo(new SweepPoint(new DimBindings(Map.of("batch", 1L)), 1, 4));
        assertThat(new SweepAxes(Map.of(), List.of()).points(DIMS, 8, 3)).containsExactly(new SweepPoint(DIMS, 8, 3));
    }

    @Test
    void runsInFlightTogetherAreCountedByTheClockNotByTheirLatency() {
        SweepAxes axes = new SweepAxes(Map.of("batch", List.of(2L)), List.of(), List.of(1, 4));
        // Four at once take twice as long each, and twice as many are done.
        SweepResult.Measured one = at(1, 10, 95);
        SweepResult.Measured four = at(4, 20, 190);
        assertThat(Sweep.itemsPerSecond(four, axes)).isEqualTo(380);
        assertThat(Sweep.itemsPerSecond(one, axes)).isEqualTo(190);
        assertThat(Sweep.best(List.of(one, four), axes, Long.MAX_VALUE)).contains(four);
        assertThat(Sweep.itemsPerSecond(one, new SweepAxes(Map.of("batch", List.of(2L)), List.of())))
                .as("one after the other, at the median")
                .isEqualTo(200);
    }

    @Test
    void aLineKeepsThemAndOneOfBeforeIsOfOneStream() {
        SweepResult.Measured four = at(4, 20, 190);
        assertThat(SweepLines.result(SweepLines.line(four))).contains(four);
        assertThat(SweepLines.result(SweepLines.line(at(1, 5, 100)).replace("\"streams\":1,", "")))
                .contains(at(1, 5, 100));
    }
}
