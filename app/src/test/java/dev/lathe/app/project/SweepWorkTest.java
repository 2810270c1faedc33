package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.Outcome;
import dev.lathe.graph.Model;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.sweep.SweepAxes;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sweeps go on where they were, on the machine that they are of, and outlive the program.
class SweepWorkTest {
    private static final int THREADS = 4;
    private static final Duration MS = Duration.ofMillis(3);

    @TempDir
    Path folder;

    private final Store store = new Store(Runnable::run);
    private final AtomicLong clock = new AtomicLong();
    private final List<SweepState> kept = new CopyOnWriteArrayList<>();
    private final List<Notice> told = new CopyOnWriteArrayList<>();
    private final List<Runnable> looks = new CopyOnWriteArrayList<>();
    private Workbench workbench;
    /// Until it is open, the model's files are still being read.
    private volatile CountDownLatch read = new CountDownLatch(0);

    /// Remembers what is kept.
    private final class Remembering implements Services.Keeping {
        @Override
        public String key(Path file, Model model, JobContext context) {
            try {
                assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return "a key";
        }

        @Override
        public Kept find(String key) {
            return Kept.NOTHING;
        }

        @Override
        public void keep(String key, Variant variant, ProfileRun run) {
            // of sweeps only
        }

        @Override
        public void keep(String key, Variant variant, SweepState sweep) {
            kept.add(sweep);
            // Nothing else changes when the last of a sweep is kept.
            looks.forEach(Runnable::run);
        }
    }

    @BeforeEach
    void aModelIsOpen() throws Exception {
        Services s = new FakeServices().services();
        workbench = new Workbench(
                store,
                new Jobs(),
                new Services(
                        s.files(),
                        s.analyst(),
                        s.profiler(),
                        s.compression(),
                        s.machine(),
                        s.reports(),
                        s.roofs(),
                        s.tensors(),
                        new Remembering(),
                        s.owned()),
                clock::get);
        workbench.onNotice(told::add);
        workbench.chooseDevice(TinyModel.CPU);
        assertThat(workbench.open(TinyModel.file(folder)).outcome().get(20, TimeUnit.SECONDS))
                .isInstanceOf(Outcome.Done.class);
    }

    @AfterEach
    void end() {
        workbench.close();
    }

    private void await(BooleanSupplier condition) throws Exception {
        CompletableFuture<Boolean> met = new CompletableFuture<>();
        Runnable look = () -> {
            if (condition.getAsBoolean()) {
                met.complete(true);
            }
        };
        store.listen(p -> look.run());
        workbench.onNotice(n -> look.run());
        looks.add(look);
        look.run();
        met.get(20, TimeUnit.SECONDS);
    }

    private SweepState sweep() {
        return store.state().sweepOf(VariantId.SOURCE).orElseThrow();
    }

    /// One of four points is measured, on this device.
    private SweepState paused(Device device) {
        SweepAxes axes = new SweepAxes(Map.of(), List.of(1, 2, 3, THREADS));
        ProfilePlan plan = new ProfilePlan(
                new RunTarget("onnxruntime", device, 1),
                SessionConfig.Level.EXTENDED,
                0,
                3,
                7,
                store.state().dims(),
                0);
        List<SweepPoint> points = axes.points(plan.dims(), 1, 1);
        return new SweepState(
                new Attempt(900),
                store.state().shownModel().orElseThrow(),
                axes,
                plan,
                points,
                List.of(new SweepResult.Measured(points.getFirst(), 20, MS, MS, 300, 1 << 20)),
                Optional.empty(),
                SweepState.Phase.PAUSED);
    }

    private void bringBack(SweepState sweep) {
        store.dispatch(new Action.KeptArrived(VariantId.SOURCE, sweep.model(), List.of(), Optional.of(sweep)));
    }

    @Test
    void onItsDeviceASweepThatWasKeptGoesOn() throws Exception {
        bringBack(paused(TinyModel.CPU));
        workbench.sweeps().resume();
        await(() -> sweep().phase() == SweepState.Phase.ENDED);
        assertThat(sweep().results()).hasSize(THREADS);
        assertThat(sweep().results().getFirst())
                .isEqualTo(paused(TinyModel.CPU).results().getFirst());
        assertThat(told).isEmpty();
    }

    @Test
    void onAnotherMachineItDoesNotAndSaysWhy() throws Exception {
        Device other =
                new Device("cpu", "Another processor", DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of());
        bringBack(paused(other));
        workbench.sweeps().resume();
        await(() -> !told.isEmpty() && sweep().phase() == SweepState.Phase.PAUSED);
        assertThat(told)
                .singleElement()
                .satisfies(n -> assertThat(n.text()).contains("cpu (Another processor)", "Start measures all points"));
        assertThat(sweep().results()).hasSize(1);
    }

    /// Every look at the clock finds that three seconds went by: every other point is kept.
    private void longSweep() {
        store.listen(p -> clock.set(TimeUnit.SECONDS.toNanos(3)
                * p.sweepOf(VariantId.SOURCE).map(s -> s.results().size()).orElse(0)));
        List<Integer> points = List.of(1, 2, 3, 4, 5, 6, 7, 8);
        workbench.sweeps().start(new SweepAxes(Map.of(), points), 3, Optional.empty());
    }

    @Test
    void aLongSweepIsKeptWhileItGoesOn() throws Exception {
        longSweep();
        await(() -> sweep().phase() == SweepState.Phase.ENDED
                && !kept.isEmpty()
                && kept.getLast().results().size() == 8);
        assertThat(kept).hasSizeGreaterThan(3).hasSizeLessThan(9);
        assertThat(kept.getFirst().results()).hasSizeLessThan(4);
        assertThat(kept.getFirst().running()).isTrue();
    }

    @Test
    void whatIsMeasuredWhileTheFilesAreStillReadIsKeptInItsOrder() throws Exception {
        read = new CountDownLatch(1);
        assertThat(workbench.open(TinyModel.file(folder)).outcome().get(20, TimeUnit.SECONDS))
                .isInstanceOf(Outcome.Done.class);
        longSweep();
        await(() -> store.state()
                .sweepOf(VariantId.SOURCE)
                .filter(s -> s.phase() == SweepState.Phase.ENDED)
                .isPresent());
        assertThat(kept).isEmpty();
        read.countDown();
        await(() -> kept.size() > 3 && kept.stream().anyMatch(s -> s.results().size() == 8));
        assertThat(kept.stream().map(s -> s.results().size()).toList())
                .as("the last one stays")
                .isSorted();
    }
}
