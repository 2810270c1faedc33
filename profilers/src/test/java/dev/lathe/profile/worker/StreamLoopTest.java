package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.profile.energy.EnergyMeter;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.Tracer;
import dev.lathe.profile.worker.wire.Loop;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several runs in flight: a run here ends only when others have begun.
@Timeout(60)
class StreamLoopTest {
    private static final int STREAMS = 3;

    /// What one run of a stream does.
    private interface Run {
        void run(Map<String, HostTensor> inputs) throws LatheException;
    }

    private final AtomicInteger runs = new AtomicInteger();
    /// A second goes by whenever it is looked at, so no loop is too short.
    private final AtomicLong seconds = new AtomicLong();
    private LongSupplier clock = () -> seconds.incrementAndGet() * 1_000_000_000;
    private final AtomicInteger open = new AtomicInteger();
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private long streamingNanos;

    private class Model implements Session {
        private final Run run;

        Model(Run run) {
            this.run = run;
            open.incrementAndGet();
        }

        @Override
        public Optional<Session> stream() {
            return Optional.of(new Model(run));
        }

        @Override
        public Map<String, HostTensor> run(Map<String, HostTensor> inputs) throws LatheException {
            run.run(inputs);
            runs.incrementAndGet();
            return Map.of();
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
        public Optional<Tracer> tracer() {
            return Optional.empty();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private void loop(Run run, int warmup, int counted, BooleanSupplier stopped) throws Exception {
        HostTensor x = HostTensor.of(DType.FLOAT32, List.of(1L), MemorySegment.ofArray(new byte[] {0, 0, 0, 1}));
        Loop loop = Loop.newBuilder()
                .setRuns(counted)
                .setWarmup(warmup)
                .setStreams(STREAMS)
                .build();
        try (Model model = new Model(run)) {
            new StreamLoop(model, Map.of("x", x), loop, stopped, EnergyMeter::none, clock).run(p -> {
                nanos.addAll(p.getRunNanosList());
                streamingNanos = p.getStreamingNanos();
            });
        } finally {
            assertThat(open).as("streams that were left open").hasValue(0);
        }
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("no other run was in flight", e);
        }
    }

    @Test
    void asManyRunsAreInFlightAsThereAreStreams() throws Exception {
        CyclicBarrier all = new CyclicBarrier(STREAMS);
        loop(inputs -> meet(all), 1, 4 * STREAMS, () -> false);
        assertThat(nanos).hasSize(4 * STREAMS);
        assertThat(runs).hasValue(5 * STREAMS);
    }

    @Test
    void aLoopTooShortForTheWallClockGoesOn() throws Exception {
        // Each look at it is 10 ms later: 250 ms are over after 25.
        clock = () -> seconds.incrementAndGet() * 10_000_000;
        loop(inputs -> {}, 0, STREAMS, () -> false);
        assertThat(nanos).hasSizeGreaterThanOrEqualTo(STREAMS + 20);
    }

    @Test
    void eachStreamHasTheSameInputsInMemoryOfItsOwn() throws Exception {
        CyclicBarrier all = new CyclicBarrier(STREAMS);
        Set<HostTensor> seen = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        loop(
                inputs -> {
                    meet(all);
                    seen.add(inputs.get("x"));
                },
                0,
                2 * STREAMS,
                () -> false);
        assertThat(seen).hasSize(STREAMS);
        assertThat(seen.stream().map(t -> t.bytes().address()).distinct()).hasSize(STREAMS);
        assertThat(seen)
                .allSatisfy(
                        t -> assertThat(t.bytes().get(ValueLayout.JAVA_BYTE, 3)).isEqualTo((byte) 1));
    }

    @Test
    void theWallClockIsToldBesideTheTimesOfTheRuns() throws Exception {
        CyclicBarrier all = new CyclicBarrier(STREAMS);
        loop(inputs -> meet(all), 0, 2 * STREAMS, () -> false);
        // Whatever else the machine does, no run is longer than the loop that it is in.
        assertThat(streamingNanos).isGreaterThanOrEqualTo(Collections.max(nanos));
    }

    @Test
    void aLoopWithoutEndEndsWhenItIsStopped() throws Exception {
        AtomicInteger counted = new AtomicInteger();
        loop(inputs -> counted.incrementAndGet(), 0, 0, () -> counted.get() >= 50);
        assertThat(nanos).hasSizeBetween(50, 50 + STREAMS);
    }

    @Test
    void oneThatFailsEndsTheOthersAndIsTold() {
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> loop(
                        inputs -> {
                            if (begun.incrementAndGet() == 20) {
                                throw new LatheException(Diagnostic.error("run-failed", "it broke", Place.nowhere()));
                            }
                        },
                        0,
                        0,
                        () -> false))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("it broke");
    }

    @Test
    void oneThatFailsWhileItIsWarmedUpLeavesNobodyWaiting() {
        assertThatThrownBy(() -> loop(
                        inputs -> {
                            throw new IllegalStateException("no memory");
                        },
                        2,
                        10,
                        () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no memory");
        assertThat(nanos).isEmpty();
    }

    @Test
    void anEngineWithoutStreamsSaysSo() {
        Session alone = new Model(inputs -> {}) {
            @Override
            public Optional<Session> stream() {
                return Optional.empty();
            }
        };
        Loop loop = Loop.newBuilder().setRuns(1).setStreams(2).build();
        assertThatThrownBy(() -> new StreamLoop(alone, Map.of(), loop, () -> false, EnergyMeter::none).run(p -> {}))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("no streams");
    }
}
