package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.LatheException;
import dev.lathe.core.Outcome;
import dev.lathe.core.Place;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.sweep.Sweep;
import dev.lathe.profile.sweep.SweepAxes;
import dev.lathe.profile.sweep.SweepPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Measures the shown variant at many sizes on the device lane. Each point is told as soon as it is there, so that a
/// sweep that is paused goes on where it was.
public final class SweepWork {
    private static final int WARM_UP = 3;
    private static final long SEED = 42;

    private final Store store;
    private final Jobs jobs;
    private final Services services;
    private final Consumer<Notice> tell;
    private final Attempts attempts;
    private Optional<Going> going = Optional.empty();

    private record Going(Attempt attempt, VariantId variant, Job<?> job) {}

    SweepWork(Store store, Jobs jobs, Services services, Consumer<Notice> tell, Attempts attempts) {
        this.store = store;
        this.jobs = jobs;
        this.services = services;
        this.tell = tell;
        this.attempts = attempts;
    }

    /// Begins a sweep of the shown variant in place of the one that it has.
    ///
    /// @param runs counted ones at each point
    public void start(SweepAxes axes, int runs, Optional<Long> limit) {
        Project p = store.state();
        Optional<RunTarget> target = Runner.target(p);
        if (running() || p.shownModel().isEmpty() || target.isEmpty()) {
            return;
        }
        ProfilePlan plan = new ProfilePlan(target.get(), p.setup().level(), WARM_UP, runs, SEED, p.dims(), 0);
        List<SweepPoint> points = axes.points(p.dims(), target.get().threads(), plan.streams());
        Attempt attempt = attempts.next();
        begin(
                p.selected(),
                new SweepState(
                        attempt,
                        p.shownModel().orElseThrow(),
                        axes,
                        plan,
                        points,
                        List.of(),
                        limit,
                        SweepState.Phase.RUNNING),
                false);
    }

    /// Stops after what was measured: [#resume] goes on from there.
    public void pause() {
        end(SweepState.Phase.PAUSED);
    }

    /// Gives up what is left to measure.
    public void cancel() {
        end(SweepState.Phase.ENDED);
    }

    private void end(SweepState.Phase phase) {
        Optional<Going> present = running() ? going() : Optional.empty();
        // First said, then done: the job's own end finds it said.
        present.ifPresentOrElse(
                g -> {
                    store.dispatch(new Action.SweepEnded(g.variant(), g.attempt(), phase));
                    g.job().cancel();
                },
                () -> {
                    Project p = store.state();
                    p.shownSweep()
                            .ifPresent(s -> store.dispatch(new Action.SweepEnded(p.selected(), s.attempt(), phase)));
                });
    }

    /// Measures what the shown variant's sweep still lacks.
    public void resume() {
        Project p = store.state();
        p.shownSweep().filter(s -> !running()).ifPresent(s -> begin(p.selected(), s.resumed(attempts.next()), true));
    }

    public void limit(Optional<Long> bytes) {
        store.dispatch(new Action.LimitSweep(store.state().selected(), bytes));
    }

    /// Whether one goes on. One that was paused a moment ago may still be ending: the device's lane waits for that.
    private boolean running() {
        Project p = store.state();
        return going().flatMap(g -> p.sweepOf(g.variant()))
                .filter(SweepState::running)
                .isPresent();
    }

    private synchronized Optional<Going> going() {
        return going.filter(g -> !g.job().outcome().isDone());
    }

    private synchronized void begin(VariantId id, SweepState sweep, boolean again) {
        store.dispatch(new Action.StartSweep(id, sweep));
        String name = store.state().variant(id).map(Variant::name).orElse("");
        Set<SweepPoint> skipped = new HashSet<>();
        sweep.results().forEach(r -> skipped.add(r.point()));
        Job<Boolean> job = jobs.submit(Lane.DEVICE, "Sweep " + name, c -> {
            if (again) {
                onItsDevice(sweep.plan().target().device());
            }
            Sweep.run(
                    sweep.model(),
                    sweep.plan(),
                    sweep.points(),
                    skipped,
                    services.profiler(),
                    r -> store.dispatch(new Action.SweepPointArrived(id, sweep.attempt(), r)),
                    c);
            return true;
        });
        going = Optional.of(new Going(sweep.attempt(), id, job));
        var unused = job.outcome().thenAccept(o -> {
            store.dispatch(new Action.SweepEnded(
                    id,
                    sweep.attempt(),
                    o instanceof Outcome.Done<Boolean> ? SweepState.Phase.ENDED : SweepState.Phase.PAUSED));
            if (o instanceof Outcome.Failed<Boolean> failed) {
                tell.accept(new Notice(
                        Notice.Kind.WARNING,
                        "The sweep does not go on",
                        failed.diagnostic().line(),
                        List.of()));
            }
        });
    }

    /// A sweep that was kept may be of another machine: points of two machines are no curve.
    ///
    /// @throws LatheException when the device is not here
    private void onItsDevice(Device device) throws LatheException {
        boolean here = services.machine().devices().stream()
                .map(Services.MachineDevice::device)
                .anyMatch(d -> d.id().equals(device.id())
                        && d.name().equals(device.name())
                        && d.cores().equals(device.cores()));
        if (!here) {
            throw new LatheException(Diagnostic.error(
                            "other-device",
                            "what is measured so far is of " + device.id() + " (" + device.name()
                                    + "), and this machine has no such device.",
                            Place.nowhere())
                    .withRemedy("Start measures all points here."));
        }
    }

    /// Stops a sweep whose variant went away, or has another model by now.
    void keepUp(Project p) {
        going().filter(g -> p.sweepOf(g.variant())
                        .filter(s -> s.attempt().equals(g.attempt()))
                        .isEmpty())
                .ifPresent(g -> g.job().cancel());
    }
}
