package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.LayerRuns;
import dev.lathe.profile.LayerSums;
import dev.lathe.profile.OpStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProfilerRemarksTest {
    private static List<Diagnostic> remarks(
            long outside, long total, long perKernelNanos, double scale, double coverage, int kernels) {
        Duration in = Duration.ofMillis(total - outside);
        OpStats all = new OpStats(in, in, in, 1, "CPU", List.of("k"), false, 5, scale < 0.95);
        return ProfilerRemarks.of(
                new LayerSums(
                        Map.of(new NodeId(1), all),
                        LayerRuns.NONE,
                        in,
                        Duration.ofMillis(outside),
                        Duration.ofMillis(total),
                        Duration.ofNanos(perKernelNanos),
                        scale,
                        OptionalDouble.of(coverage)),
                kernels);
    }

    @Test
    void allThatTheProfilerDoesToTinyModelsIsOneLine() {
        assertThat(remarks(0, 1, 2420, 0.9, 0.62, 1))
                .extracting(Diagnostic::message)
                .containsExactly(
                        "The profiler takes time too: each kernel is shown 2.42 µs shorter,"
                                + " then all times are shown 10.0 % shorter,"
                                + " 1 layer that lost more than a third by that is an estimate (~), 38 % of a profiled run lies outside its one kernel.");
        assertThat(remarks(0, 1, 0, 1, 0.62, 3).getFirst().message()).contains("between its 3 kernels");
    }

    @Test
    void anUnsteadyMachineIsNamedWithWhatToDo() {
        assertThat(remarks(105, 188, 0, 1, 0.996, 300)).singleElement().satisfies(d -> {
            assertThat(d.code()).isEqualTo("machine-unsteady");
            assertThat(d.message()).contains("took 2.3 times those that were").contains("unsteady");
            assertThat(d.line()).contains("when the machine is quiet");
        });
    }

    /// 30 µs more for each of five kernels is nothing that a profiler does; 5 µs more for each of 30,000 is.
    @Test
    void whatOthersDidToProfiledRunsIsNotBlamedOnTheProfiler() {
        assertThat(remarks(0, 3, 2420, 0.5, 0.99, 5))
                .extracting(Diagnostic::code)
                .containsExactly("profiler-weighs", "machine-unsteady");
        assertThat(remarks(0, 3, 2420, 0.5, 0.99, 5).getLast().message())
                .contains("took 2.0 times those that were not")
                .contains("50 % shorter")
                .contains("(1 of them estimates, ~)");
        assertThat(remarks(0, 150, 2420, 0.5, 0.99, 30_000))
                .singleElement()
                .satisfies(d -> assertThat(d.message()).contains("then all times are shown 50.0 % shorter"));
    }

    @Test
    void aQuietMachineAndLongKernelsAreNotWorthAWord() {
        assertThat(remarks(2, 188, 0, 1, 0.99, 300)).isEmpty();
    }
}
