package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.energy.EnergyMeter;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import dev.lathe.profile.worker.wire.Loop;
import dev.lathe.profile.worker.wire.Progress;
import dev.lathe.profile.worker.wire.Traced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When the measuring loop profiles a run, and what that costs it. Time is a number that the session moves on.
class RunLoopTest {
    private static final long MILLI = 1_000_000;

    private static class Simulated implements Session {
        private final long runNanos;
        private final long traceNanos;
        private long now;
        int runs;
        private boolean cold;

        private Simulated(long runNanos, long traceNanos) {
            this.runNanos = runNanos;
            this.traceNanos = traceNanos;
        }

        @Override
        public List<TensorSpec> inputs() {
            return List.of();
        }

        @Override
        public List<TensorSpec> outputs() {
            return List.of();
        }

        @Override
        public Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
            now += cold && runNanos < 100 * MILLI ? runNanos + MILLI / 2 : runNanos;
            cold = false;
            runs++;
            return Map.of();
        }

        @Override
        public Optional<Tracer> tracer() {
            return Optional.of(inputs -> {
                now += traceNanos;
                cold = true;
                return new TracedRun(List.of(), Duration.ofNanos(runNanos));
            });
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static List<Traced> traces(Simulated session, int runs, BooleanSupplier stopped) throws Exception {
        List<Traced> traces = new ArrayList<>();
        Loop loop = Loop.newBuilder().setRuns(runs).setProfiledPerSecond(10).build();
        Reporting.Report report = (Progress p) -> {
            assertThat(p.getRunNanosList())
                    .as("no measured run comes right after a profiled one")
                    .allMatch(n -> n == session.runNanos);
            p.getTracesList().stream().filter(t -> !t.getFirstRun()).forEach(traces::add);
        };
        new RunLoop(session, Map.of(), loop, stopped, EnergyMeter::none, () -> session.now).run(report);
        return traces;
    }

    private static double overheadPercent(List<Traced> traces, Simulated session, int runs) {
        long extra = traces.stream()
                .filter(t -> !t.getAfterLoop())
                .mapToLong(t -> t.getWallNanos() - session.runNanos + t.getSettleNanos() - session.runNanos)
                .sum();
        return 100.0 * extra / (runs * session.runNanos);
    }

    @Test
    void aShortLoopOfATinyModelIsNotSlowedAndItsLayersAreStillMeasured() throws Exception {
        Simulated session = new Simulated(MILLI, 20 * MILLI);
        List<Traced> traces = traces(session, 20, () -> false);
        assertThat(traces).hasSize(25).allMatch(Traced::getAfterLoop);
    }

    @Test
    void aFewRunsOfAModelThatTakesLongerAreProfiledAsOftenAsFitsIntoASecond() throws Exception {
        assertThat(traces(new Simulated(40 * MILLI, 90 * MILLI), 4, () -> false))
                .hasSize(8);
        assertThat(traces(new Simulated(400 * MILLI, 450 * MILLI), 2, () -> false))
                .hasSize(5);
        assertThat(traces(new Simulated(MILLI / 20, MILLI), 20, () -> false)).hasSize(25);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5, 20, 60, 90, 170, 900})
    void fiftyRunsOfAnyModelAreFollowedByEnoughProfiledOnesToCompareItsLayers(long millis) throws Exception {
        Simulated session = new Simulated(millis * MILLI, millis * MILLI + 8 * MILLI);
        long before = session.now;
        assertThat(traces(session, 50, () -> false)).hasSizeGreaterThanOrEqualTo(20);
        assertThat(session.now - before)
                .as("the loop with its profiled runs, and as long again or a second after it")
                .isLessThanOrEqualTo(Math.max(3 * 50 * millis, 2 * 50 * millis + 1000) * MILLI);
    }

    @Test
    void aProfiledRunAfterTheLoopFindsTheCachesAsManyRunsLeaveThem() throws Exception {
        Simulated session = new Simulated(MILLI / 20, MILLI);
        int traces = traces(session, 20, () -> false).size();
        // Half a ms of the first is the cold one's.
        assertThat(session.runs - 20).isGreaterThanOrEqualTo(10 * traces);
    }

    @Test
    void aLongLoopIsProfiledWithinItForAtMostFivePercent() throws Exception {
        Simulated session = new Simulated(MILLI, 20 * MILLI);
        List<Traced> traces = traces(session, 10_000, () -> false);
        assertThat(traces.stream().filter(t -> !t.getAfterLoop())).hasSizeGreaterThan(10);
        // What lacks for comparing layers comes after it.
        assertThat(traces).hasSizeGreaterThanOrEqualTo(25);
        assertThat(overheadPercent(traces, session, 10_000)).isBetween(1.0, 5.0);
    }

    @Test
    void aCheapProfileIsTakenAtTheRateThatWasAskedFor() throws Exception {
        Simulated session = new Simulated(20 * MILLI, 21 * MILLI);
        List<Traced> traces = traces(session, 100, () -> false);
        assertThat(traces.stream().filter(t -> !t.getAfterLoop())).hasSizeBetween(13, 20);
        assertThat(overheadPercent(traces, session, 100)).isLessThan(5.0);
    }

    @Test
    void aModelThatRunsForMinutesIsNotRunFiveTimesMoreForItsProfile() throws Exception {
        long minute = 60_000 * MILLI;
        List<Traced> traces = traces(new Simulated(minute, minute + MILLI), 1, () -> false);
        assertThat(traces).hasSizeBetween(1, 2);
    }

    @Test
    void aLoopWithoutEndShowsLayersAfterItsFirstRunAndStopsAtOnce() throws Exception {
        Simulated session = new Simulated(MILLI, 20 * MILLI);
        List<Traced> traces = traces(session, 0, () -> session.runs >= 30);
        assertThat(traces).hasSize(1).noneMatch(Traced::getAfterLoop);
        assertThat(session.runs).isEqualTo(30);
    }

    @Test
    void aProfileThatCannotBeHadCostsNoMeasuredRun() throws Exception {
        Simulated session = new Simulated(20 * MILLI, 21 * MILLI) {
            @Override
            public Optional<Tracer> tracer() {
                Tracer good = super.tracer().orElseThrow();
                return Optional.of(inputs -> {
                    if (runs > 30) {
                        throw new LatheException(
                                Diagnostic.error("profile-failed", "The profile is gone.", Place.nowhere()));
                    }
                    return good.trace(inputs);
                });
            }
        };
        List<Progress> told = new ArrayList<>();
        Loop loop = Loop.newBuilder().setRuns(60).setProfiledPerSecond(10).build();
        new RunLoop(session, Map.of(), loop, () -> false, EnergyMeter::none, () -> session.now).run(told::add);
        assertThat(told.stream().mapToInt(Progress::getRunNanosCount).sum()).isEqualTo(60);
        assertThat(told.stream().mapToInt(Progress::getTracesCount).sum()).isPositive();
        assertThat(told.getLast().getTraceTrouble()).isEqualTo("The profile is gone.");
    }

    @Test
    void theFirstNumberIsThereBeforeAnyProfileIsRead() throws Exception {
        List<Integer> runsAtReading = new ArrayList<>();
        Simulated session = new Simulated(20 * MILLI, 90 * MILLI) {
            @Override
            public Optional<Tracer> tracer() {
                return Optional.of(new Tracer() {
                    @Override
                    public TracedRun trace(Map<String, HostTensor> inputs) throws LatheException {
                        return traceUnread(inputs).read();
                    }

                    @Override
                    public Unread traceUnread(Map<String, HostTensor> inputs) {
                        return () -> {
                            runsAtReading.add(runs);
                            return new TracedRun(List.of(), Duration.ofNanos(20 * MILLI));
                        };
                    }
                });
            }
        };
        List<Progress> told = new ArrayList<>();
        Loop loop = Loop.newBuilder()
                .setWarmup(4)
                .setRuns(5)
                .setProfiledPerSecond(10)
                .build();
        new RunLoop(session, Map.of(), loop, () -> false, EnergyMeter::none, () -> session.now).run(told::add);
        assertThat(runsAtReading.getFirst())
                .as("of four runs of the warm-up the first is profiled")
                .isEqualTo(3);
        assertThat(told.stream().flatMap(p -> p.getWarmNanosList().stream()))
                .containsExactly(20 * MILLI, 20 * MILLI, 20 * MILLI);
        assertThat(told.stream().mapToInt(Progress::getRunNanosCount).sum()).isEqualTo(5);
        assertThat(told.stream().flatMap(p -> p.getTracesList().stream()).filter(Traced::getFirstRun))
                .hasSize(1);
    }

    @Test
    void theFirstNumberIsToldAsSoonAsItIsThere() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Simulated session = new Simulated(20 * MILLI, 90 * MILLI) {
            @Override
            public Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
                if (runs == 1) {
                    // The second run goes on until the first one's time was told.
                    try {
                        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return super.run(inputs);
            }
        };
        Loop loop = Loop.newBuilder().setWarmup(3).setRuns(2).build();
        new RunLoop(session, Map.of(), loop, () -> false, EnergyMeter::none, () -> session.now).run(p -> {
            if (p.getWarmNanosCount() > 0 && told.getCount() > 0) {
                assertThat(p.getWarmingUp()).isTrue();
                told.countDown();
            }
        });
        assertThat(session.runs).isEqualTo(5);
    }
}
