package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs and measures the shown variant on the device lane, and reports its samples as actions.
final class Runner {
    private static final int WARM_UP = 5;
    private static final long SEED = 42;
    /// Twice a second keeps the layers fresh and costs less than half a percent of the runs.
    private static final double PROFILED_RUNS_PER_SECOND = 2;

    private static final Diagnostic KILLED = Diagnostic.warning(
            "worker-killed", "it did not stop when asked, and its worker was ended", new Place.Nowhere());

    private final Store store;
    private final Jobs jobs;
    private final Services services;
    private final Consumer<Notice> notices;
    private Optional<Job<ProfileRun>> present = Optional.empty();

    Runner(Store store, Jobs jobs, Services services, Consumer<Notice> notices) {
        this.store = store;
        this.jobs = jobs;
        this.services = services;
        this.notices = notices;
    }

    static Optional<RunTarget> target(Project p) {
        return p.device().map(d -> new RunTarget(EngineCatalog.DEFAULT, d, p.threads()));
    }

    /// @param runs 0 for until it is stopped
    synchronized void start(VariantId id, int runs) {
        Project p = store.state();
        Optional<Model> found = p.variant(id).flatMap(Variant::model);
        Optional<RunTarget> target = target(p);
        if (p.run().running() || found.isEmpty() || target.isEmpty()) {
            return;
        }
        Model model = found.get();
        ProfilePlan plan = new ProfilePlan(
                target.get(), SessionConfig.USUAL, WARM_UP, runs, SEED, p.dims(), PROFILED_RUNS_PER_SECOND);
        String name = p.variant(id).map(Variant::name).orElse("");
        store.dispatch(new Action.StartRun(id));
        Job<ProfileRun> job = jobs.submit(
                Lane.DEVICE,
                "Run " + name,
                c -> services.profiler()
                        .profile(model, plan, s -> store.dispatch(new Action.SampleArrived(id, model, s)), c));
        present = Optional.of(job);
        job.outcome().thenAccept(outcome -> ended(id, model, name, plan, outcome));
    }

    synchronized void stop() {
        store.dispatch(new Action.StopRun());
        present.ifPresent(Job::cancel);
    }

    private void ended(VariantId id, Model model, String name, ProfilePlan plan, Outcome<ProfileRun> outcome) {
        switch (outcome) {
            case Outcome.Done<ProfileRun>(ProfileRun run) -> {
                store.dispatch(new Action.MeasurementArrived(id, model, run));
                store.dispatch(new Action.RunEnded(id, model, Optional.empty()));
            }
            case Outcome.Cancelled<ProfileRun> c -> {
                // A loop that was told to stop tells its result; one that had to be killed has none.
                keep(id, model, plan, KILLED);
                store.dispatch(new Action.RunEnded(id, model, Optional.empty()));
            }
            case Outcome.Failed<ProfileRun>(Diagnostic why, Optional<Throwable> cause) -> {
                keep(id, model, plan, why);
                store.dispatch(new Action.RunEnded(id, model, Optional.of(why)));
                notices.accept(new Notice(
                        Notice.Kind.ERROR,
                        "The run of " + name + " ended",
                        why.line(),
                        List.of(new Notice.Answer("Run again", () -> start(id, 0)))));
            }
        }
    }

    private void keep(VariantId id, Model model, ProfilePlan plan, Diagnostic why) {
        untilThen(id, plan, why).ifPresent(run -> store.dispatch(new Action.MeasurementArrived(id, model, run)));
    }

    /// What was measured before the run broke off, when that says more than the variant's last run.
    private Optional<ProfileRun> untilThen(VariantId id, ProfilePlan plan, Diagnostic why) {
        Project p = store.state();
        boolean known = p.variant(id).flatMap(Variant::run).isPresent();
        return p.live()
                .latest()
                .filter(s -> p.liveOf().equals(id))
                .filter(s -> s.soFar().runs() >= (known ? LatencyStats.ENOUGH : 1))
                .map(s -> ProfileRun.interrupted(
                        Instant.now(), plan, s, brokenOff(s.soFar().runs(), why)));
    }

    private static Diagnostic brokenOff(int runs, Diagnostic why) {
        return Diagnostic.warning(
                ProfileRun.BROKEN_OFF,
                "The run broke off, so its figures are of the " + runs + " runs until then (" + why.message() + ")",
                why.place());
    }
}
