package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.profile.energy.EnergyMeter;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import dev.lathe.profile.worker.wire.Loop;
import dev.lathe.profile.worker.wire.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// What goes wrong beside the runs of a measuring loop: profiles that are too large for the worker or for a message
/// cost the layers and not the latency; a thread that cannot report ends the loop, which says why.
class LoopTroubleTest {
    private static final KernelEvent KERNEL = new KernelEvent(
            "n",
            "Tanh",
            "CPUExecutionProvider",
            Duration.ZERO,
            Duration.ofNanos(1000),
            1,
            "",
            "",
            -1,
            -1,
            -1,
            -1,
            -1,
            0,
            "",
            Optional.empty());

    private record Model(Tracer profiler) implements Session {
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
            // As long as a small model takes.
            LockSupport.parkNanos(1_000_000);
            return Map.of();
        }

        @Override
        public Optional<Tracer> tracer() {
            return Optional.of(profiler);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /// Runs a loop, for ten seconds at most.
    private static void loop(Tracer tracer, int runs, Reporting.Report report) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        Loop loop = Loop.newBuilder().setRuns(runs).setProfiledPerSecond(10).build();
        new RunLoop(new Model(tracer), Map.of(), loop, () -> System.nanoTime() > end, EnergyMeter::none).run(report);
    }

    private static Progress all(List<Progress> told) {
        Progress.Builder all = Progress.newBuilder();
        told.forEach(all::mergeFrom);
        return all.build();
    }

    @Test
    void aProfileThatDoesNotFitIntoTheWorkersMemoryCostsNoRun() throws Exception {
        List<Progress> told = new ArrayList<>();
        loop(
                inputs -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                20,
                told::add);
        assertThat(all(told).getRunNanosCount()).isEqualTo(20);
        assertThat(all(told).getTraceTrouble()).contains("memory");
    }

    @Test
    void aReportThatIsTooLongGoesWithoutItsProfilesAndSaysSo() throws Exception {
        List<Progress> told = new ArrayList<>();
        loop(inputs -> new TracedRun(List.of(KERNEL), Duration.ofNanos(2000)), 20, p -> {
            if (p.getTracesCount() > 0) {
                throw new Frames.TooLong(Frames.LONGEST + 1L);
            }
            told.add(p);
        });
        assertThat(all(told).getRunNanosCount()).isEqualTo(20);
        assertThat(all(told).getTraceTrouble()).contains("too long", "kernels");
    }

    @Test
    void aReportForWhichThereIsNoMemoryGoesWithoutItsProfiles() throws Exception {
        List<Progress> told = new ArrayList<>();
        loop(inputs -> new TracedRun(List.of(KERNEL), Duration.ofNanos(2000)), 20, p -> {
            if (p.getTracesCount() > 0) {
                throw new OutOfMemoryError("Java heap space");
            }
            told.add(p);
        });
        assertThat(all(told).getRunNanosCount()).isEqualTo(20);
        assertThat(all(told).getTraceTrouble()).contains("memory");
    }

    @Test
    void aThreadThatCannotReportEndsTheLoopWithWhatItFailedBy() {
        long before = System.nanoTime();
        assertThatThrownBy(() -> loop(inputs -> new TracedRun(List.of(), Duration.ZERO), 0, p -> {
                    throw new IllegalStateException("no figure");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no figure");
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(9));
    }
}
