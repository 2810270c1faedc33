package dev.lathe.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.project.Attempt;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LiveSample;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveViewModelTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private static final Attempt RUN = new Attempt(1);

    private final LiveViewModel live = new LiveViewModel();

    @BeforeEach
    void begin() {
        live.show(Optional.of(new LiveRun(RUN, true, "encoder is running", Optional.empty())));
    }

    private void feed(int from, int to) {
        for (int i = from; i < to; i++) {
            live.add(RUN, encoder.sample(i * 0.25, Map.of()));
        }
    }

    private LiveChart chart(String title) {
        return live.state().charts().stream()
                .filter(c -> c.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tenThousandSamplesTakeNoMorePlaceThanTheRingHas() {
        SampleRing ring = new SampleRing(64);
        for (int i = 0; i < 10_000; i++) {
            ring.add(RUN, encoder.sample(i * 0.25, Map.of()));
        }
        assertThat(ring.size()).isEqualTo(64);
        assertThat(ring.between(0, 1e9))
                .hasSize(64)
                .isSortedAccordingTo((a, b) -> Double.compare(a.seconds(), b.seconds()));
        assertThat(ring.now()).isEqualTo(9_999 * 0.25);
    }

    @Test
    void onlyTheWindowIsShownAndNowIsZero() {
        feed(0, 1000);
        live.windowSeconds().set(30);
        double[] x = chart("Latency").lines().getFirst().x();
        assertThat(x[0]).isGreaterThanOrEqualTo(-30);
        assertThat(x[x.length - 1]).isZero();
        assertThat(x).hasSizeBetween(119, 122);
    }

    @Test
    void whilePausedTheChartsStandStillAndNothingIsLost() {
        feed(0, 100);
        live.paused().set(true);
        LiveChart before = chart("Throughput");
        feed(100, 200);
        assertThat(chart("Throughput").lines().getFirst().y())
                .isEqualTo(before.lines().getFirst().y());
        live.paused().set(false);
        assertThat(chart("Throughput").lines().getFirst().y().length)
                .isGreaterThan(before.lines().getFirst().y().length);
    }

    @Test
    void theLoadAtTheHeadOfTheChartIsTheMeanOfItsNewestPoints() {
        feed(0, 20);
        LiveChart cpu = chart("CPU per core");
        double mean =
                cpu.lines().stream().mapToDouble(LiveChart.Line::last).average().orElseThrow();
        assertThat(Double.parseDouble(cpu.figure())).isCloseTo(mean, within(0.51));
        assertThat(cpu.unit()).isEqualTo("% mean");
    }

    @Test
    void aSampleInWhichNoRunEndedLeavesNoHoleInTheLatency() {
        feed(0, 10);
        LiveSample s = encoder.sample(2.5, Map.of());
        Duration z = Duration.ZERO;
        live.add(
                RUN,
                new LiveSample(
                        s.at(),
                        s.runsDone(),
                        s.runsPlanned(),
                        new LatencyStats(0, z, z, z, z, z, z),
                        s.soFar(),
                        0,
                        s.memory(),
                        s.cpuPerCore(),
                        s.workerCpu(),
                        s.profilerOverheadPercent(),
                        s.layers(),
                        z,
                        s.trace()));
        LiveChart latency = chart("Latency");
        assertThat(latency.lines().getFirst().y()).hasSize(10).doesNotContain(Double.NaN);
        assertThat(chart("Memory").lines().getFirst().y()).hasSize(11);
        assertThat(latency.figure()).isNotEqualTo("—");
    }

    @Test
    void throughputIsCountedOverTwoSeconds() {
        feed(0, 40);
        double[] y = chart("Throughput").lines().getFirst().y();
        assertThat(y[y.length - 1]).isCloseTo(50, within(1.0));
    }

    @Test
    void theRestOfASampleThatARunsEndLeavesIsNotDrawn() {
        feed(0, 10);
        LiveSample s = encoder.sample(2.5, Map.of());
        Duration z = Duration.ZERO;
        Duration slow = Duration.ofMillis(736);
        live.add(
                RUN,
                new LiveSample(
                        s.at(),
                        s.runsDone(),
                        s.runsPlanned(),
                        new LatencyStats(1, slow, slow, slow, slow, slow, slow),
                        s.soFar(),
                        0,
                        s.memory(),
                        s.cpuPerCore(),
                        s.workerCpu(),
                        s.profilerOverheadPercent(),
                        s.layers(),
                        z,
                        s.trace()));
        var run = encoder.run(1);
        live.show(Optional.of(new LiveRun(RUN, false, "Last run: encoder", Optional.of(run))));
        LiveChart latency = chart("Latency");
        assertThat(latency.lines().getFirst().y()).hasSize(10).doesNotContain(736);
        assertThat(Double.parseDouble(latency.figure()))
                .isCloseTo(run.latency().p50().toNanos() / 1e6, within(0.1));
        assertThat(latency.unit()).isEqualTo("ms p50 of the run");
        assertThat(Double.parseDouble(chart("Throughput").figure().replace("\u2009", "")))
                .isCloseTo(run.throughputPerSecond(), within(1.0));
    }

    @Test
    void samplesOfARunThatIsNotTheShownOneAreNotShown() {
        feed(0, 10);
        live.show(Optional.of(new LiveRun(new Attempt(2), true, "other is starting", Optional.empty())));
        assertThat(live.state().empty()).isTrue();
        assertThat(chart("Latency").figure()).isEqualTo("—");
        assertThat(live.state().words()).isEqualTo("other is starting");
        live.show(Optional.empty());
        assertThat(live.state().empty()).isTrue();
    }

    @Test
    void aNewRunStartsWithEmptyCharts() {
        feed(0, 50);
        Attempt next = new Attempt(2);
        live.add(next, encoder.sample(0.1, Map.of()));
        live.show(Optional.of(new LiveRun(next, true, "encoder is running", Optional.empty())));
        assertThat(chart("Memory").lines().getFirst().y()).hasSize(1);
    }

    @Test
    void everyChangeRaisesTheRevisionAndRestDoesNot() {
        long before = live.revision();
        live.add(RUN, encoder.sample(0, Map.of()));
        assertThat(live.revision()).isGreaterThan(before);
        long after = live.revision();
        live.state();
        assertThat(live.revision()).isEqualTo(after);
    }

    @Test
    void theValueAxisHasRoundStepsAndHoldsAllValues() {
        feed(0, 200);
        for (LiveChart c : live.state().charts()) {
            ValueRange r = ValueRange.around(c);
            for (LiveChart.Line l : c.lines()) {
                assertThat(java.util.Arrays.stream(l.y()).boxed()).allMatch(v -> v >= r.low() && v <= r.high());
            }
            assertThat(r.high() / r.step() - r.low() / r.step()).isBetween(1.0, 8.0);
        }
    }
}
