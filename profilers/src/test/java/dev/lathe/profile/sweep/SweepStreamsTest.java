package dev.lathe.profile.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
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
    void oneStreamIsMeasuredAsSeveralAreWhereTheyAreCompared() throws Exception {
        ProfilePlan plan = new ProfilePlan(
                RunTarget.usual(
                        "onnxruntime",
                        new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of())),
                SessionConfig.USUAL,
                1,
                5,
                1,
                DIMS,
                0);
        assertThat(asked(plan, new SweepAxes(Map.of(), List.of(), List.of(1, 4))))
                .allMatch(ProfilePlan::streamed)
                .extracting(ProfilePlan::streams)
                .containsExactly(1, 4);
        assertThat(asked(plan, new SweepAxes(Map.of(), List.of(1, 2)))).noneMatch(ProfilePlan::streamed);
    }

    private static List<ProfilePlan> asked(ProfilePlan plan, SweepAxes axes) throws LatheException {
        List<ProfilePlan> asked = new ArrayList<>();
        Model none = GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\ngraph g () -> () {\n}\n");
        Sweep.run(
                none,
                plan,
                axes.points(DIMS, 1, 1),
                Set.of(),
                (model, here, live, job) -> {
                    asked.add(here);
                    throw new LatheException(Diagnostic.error("no-run", "nothing is run here", Place.nowhere()));
                },
                r -> {},
                JobContext.quiet());
        return asked;
    }

    @Test
    void aLineKeepsThemAndOneOfBeforeIsOfOneStream() {
        SweepResult.Measured four = at(4, 20, 190);
        assertThat(SweepLines.result(SweepLines.line(four))).contains(four);
        assertThat(SweepLines.result(SweepLines.line(at(1, 5, 100)).replace("\"streams\":1,", "")))
                .contains(at(1, 5, 100));
    }
}
