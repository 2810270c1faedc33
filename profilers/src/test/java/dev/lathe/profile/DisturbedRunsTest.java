package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Other programs disturb some of the profiled runs; the layers' times do not follow them.
class DisturbedRunsTest {
    private static final int LAYERS = 6;
    private static final long MICROS = 100;

    private final Model model = siblings();
    private final LayerTimes times = new LayerTimes(model.graph(), KernelMap.unchanged(model));

    private static Model siblings() {
        StringBuilder text = new StringBuilder("model \"ONNX\" ir=8\nopset \"\" 17\n");
        text.append("graph g (t0: float32[4]) -> (t" + LAYERS + ": float32[4]) {\n");
        for (int i = 0; i < LAYERS; i++) {
            text.append("t" + (i + 1) + " = Relu(t" + i + ") as n" + i + "\n");
        }
        try {
            return GraphText.parse(text + "}\n");
        } catch (LatheException e) {
            throw new AssertionError(e);
        }
    }

    private static TracedRun run(long... micros) {
        List<KernelEvent> kernels = new ArrayList<>();
        long at = 0;
        for (int i = 0; i < micros.length; i++) {
            kernels.add(new KernelEvent(
                    "n" + i,
                    "Relu",
                    "CPU",
                    Duration.ofNanos(1000 * at),
                    Duration.ofNanos(1000 * micros[i]),
                    1,
                    "",
                    "",
                    -1,
                    -1,
                    -1,
                    -1));
            at += micros[i];
        }
        return new TracedRun(kernels, Duration.ofNanos(1000 * (at + 20)));
    }

    private List<Double> shares(LayerSums sums) {
        return model.graph().nodes().stream()
                .map(n -> sums.layers().get(n.id()).share())
                .toList();
    }

    @Test
    void oneLayerThatWasInterruptedInOneOfFiveRunsKeepsItsShare() {
        for (int i = 0; i < 5; i++) {
            // 25 % of the run: not enough for the run to stand out, enough to make the layer stand out.
            times.add(run(MICROS, MICROS, i == 2 ? 250 : MICROS, MICROS, MICROS, MICROS));
        }
        LayerSums sums = times.against(Duration.ofNanos(620_000), Duration.ofNanos(620_000));
        assertThat(shares(sums)).allSatisfy(s -> assertThat(s).isCloseTo(100.0 / 620, within(1e-9)));
    }

    @Test
    void whenEveryRunIsDisturbedSomewhereEqualLayersStayEqual() {
        Random random = new Random(7);
        for (int i = 0; i < 16; i++) {
            long[] micros = new long[LAYERS];
            for (int k = 0; k < LAYERS; k++) {
                micros[k] = MICROS + random.nextInt(4) + (random.nextInt(8) == 0 ? 50 + random.nextInt(300) : 0);
            }
            times.add(run(micros));
        }
        LayerSums sums = times.against(Duration.ofNanos(700_000), Duration.ofNanos(640_000));
        double largest = shares(sums).stream().mapToDouble(d -> d).max().orElseThrow();
        double smallest = shares(sums).stream().mapToDouble(d -> d).min().orElseThrow();
        assertThat(largest / smallest).isLessThan(1.05);
        assertThat(sums.total()).isEqualTo(Duration.ofNanos(700_000));
        assertThat(sums.inLayers().plus(sums.outside())).isEqualTo(sums.total());
    }

    @Test
    void noiseInTheLatencyGoesToTheLayersToo() {
        for (int i = 0; i < 5; i++) {
            times.add(run(MICROS, MICROS, MICROS, MICROS, MICROS, MICROS));
        }
        // The median run was slowed by a quarter by others; a quiet one spends 600 of 640 µs in the layers.
        LayerSums sums = times.against(Duration.ofNanos(800_000), Duration.ofNanos(640_000));
        assertThat(sums.inLayers()).isEqualTo(Duration.ofNanos(750_000));
        assertThat(sums.scale()).isEqualTo(1);
        assertThat(sums.coverage().orElseThrow()).isCloseTo(600.0 / 620, within(1e-9));
    }

    @Test
    void theMedianOfALayerIsItsTypicalTimeWhenRunsDifferInLengthOnly() {
        List<Duration> lengths = new ArrayList<>();
        for (int i = 0; i <= 20; i++) {
            long each = MICROS + 5 * i;
            times.add(run(each, each, each, each, each, each));
            lengths.add(Duration.ofNanos(1000 * (LAYERS * each + 20)));
        }
        // Without profiling the runs are as long: a quarter up to 770 µs, half of them up to 920 µs.
        LayerSums sums = times.against(lengths.get(10), lengths.get(5));
        for (OpStats s : sums.layers().values()) {
            assertThat((double) s.p50().toNanos()).isCloseTo(s.typical().toNanos(), within(1_500.0));
            // Of 100, 105, … 200 µs.
            assertThat((double) s.p90().toNanos()).isCloseTo(190_000, within(1_500.0));
        }
    }

    @Test
    void aLayerThatOthersDidNotDisturbIsNotBelowItsTypicalTimeInNineOfTenRuns() {
        // Three quiet runs; in the others everything but the last layer was slowed.
        for (int i = 0; i < 5; i++) {
            long each = i < 3 ? MICROS : 3 * MICROS;
            times.add(run(each, each, each, each, each, 3 + i));
        }
        LayerSums sums = times.against(Duration.ofNanos(900_000), Duration.ofNanos(520_000));
        assertThat(sums.layers().values()).allSatisfy(s -> assertThat(s.p90()).isGreaterThanOrEqualTo(s.typical()));
    }

    @Test
    void percentilesAreThoseOfTheRunThatTheTypicalTimesAddUpTo() {
        for (int i = 0; i < 5; i++) {
            times.add(run(MICROS, MICROS, MICROS, MICROS, MICROS, MICROS));
        }
        // Others slowed the runs without profiling, not those with it: no layer's p90 is below its typical time.
        LayerSums sums = times.against(Duration.ofNanos(800_000), Duration.ofNanos(640_000));
        assertThat(sums.layers().values()).allSatisfy(s -> {
            assertThat(s.typical()).isEqualTo(Duration.ofNanos(125_000));
            assertThat(s.p50()).isEqualTo(s.typical());
            assertThat(s.p90()).isEqualTo(s.typical());
        });
    }

    @Test
    void whatTheProfilerAddsToEveryKernelIsTakenFromEachAndNotInProportion() {
        // Five kernels of 1 µs and one of 100 µs, each 2 µs longer under the profiler; 20 µs lie between the six.
        for (int i = 0; i < 5; i++) {
            times.add(run(3, 3, 102, 3, 3, 3));
        }
        LayerSums sums = times.against(Duration.ofNanos(105_000), Duration.ofNanos(105_000));
        assertThat(model.graph().nodes().stream()
                        .map(n -> sums.layers().get(n.id()).typical().toNanos()))
                .containsExactly(1_000L, 1_000L, 100_000L, 1_000L, 1_000L, 1_000L);
        assertThat(sums.perKernel()).isEqualTo(Duration.ofNanos(2_000));
        assertThat(sums.scale()).isCloseTo(1, within(1e-6));
    }

    @Test
    void aKernelIsNotShortenedByMoreThanTheProfilerCanHaveAdded() {
        // The machine was slower under the profiler: 300 µs more, of which the gaps of 20 µs explain 40.
        for (int i = 0; i < 5; i++) {
            times.add(run(MICROS, MICROS, 400, MICROS, MICROS, MICROS));
        }
        LayerSums sums = times.against(Duration.ofNanos(600_000), Duration.ofNanos(600_000));
        assertThat(sums.perKernel().toNanos()).isCloseTo(6_667, within(1L));
        assertThat(sums.scale()).isCloseTo(600.0 / 860, within(1e-6));
        assertThat(sums.inLayers()).isEqualTo(Duration.ofNanos(600_000));
    }

    @Test
    void coverageFallsWhenKernelsOfTheRunHaveNoLayer() {
        TracedRun known = run(MICROS, MICROS);
        List<KernelEvent> lost = known.kernels().stream()
                .map(k -> new KernelEvent(
                        k.node().equals("n1") ? "stranger" : k.node(),
                        k.node().equals("n1") ? "Copy" : k.op(),
                        k.provider(),
                        k.start(),
                        k.duration(),
                        1,
                        "",
                        "",
                        -1,
                        -1,
                        -1,
                        -1))
                .toList();
        times.add(new TracedRun(lost, Duration.ofNanos(200_000)));
        assertThat(times.against(Duration.ZERO, Duration.ZERO).coverage()).hasValue(0.5);
        times.add(new TracedRun(lost, Duration.ZERO));
        assertThat(times.against(Duration.ZERO, Duration.ZERO).coverage())
                .as("an engine that does not tell how long the run took")
                .isEmpty();
    }
}
