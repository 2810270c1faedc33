package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.LatheException;
import dev.lathe.core.Outcome;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RunListener;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.torchscript.TorchScript;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Runs and measures the shown variant on the device lane, and reports its samples as actions.
final class Runner {
    private static final int WARM_UP = 5;
    private static final long SEED = 42;

    private static final Diagnostic STOPPED = Diagnostic.warning("stopped", "it was stopped", new Place.Nowhere());

    private static final Diagnostic KILLED = Diagnostic.warning(
            "worker-killed", "it did not stop when asked, and its worker was ended", new Place.Nowhere());

    private final Store store;
    private final Jobs jobs;
    private final Services services;
    private final Consumer<Notice> notices;
    private final Attempts attempts;
    private Optional<Job<ProfileRun>> present = Optional.empty();
    private Optional<Measuring> measuring = Optional.empty();

    /// @param begun what the run was begun with
    /// @param ran what runs: a program with its operators, once these are found
    private record Measuring(Attempt run, Model begun, AtomicReference<Model> ran) {
        boolean isOf(Optional<Model> model) {
            return model.filter(m -> m == begun || m == ran.get()).isPresent();
        }
    }

    Runner(Store store, Jobs jobs, Services services, Consumer<Notice> notices, Attempts attempts) {
        this.store = store;
        this.jobs = jobs;
        this.services = services;
        this.notices = notices;
        this.attempts = attempts;
    }

    static Optional<RunTarget> target(Project p) {
        SourceKind kind = p.kind();
        return p.device().map(d -> new RunTarget(kind.engine(), kind.host(d), p.threads()));
    }

    /// @param runs 0 for until it is stopped
    synchronized void start(VariantId id, int runs) {
        Project p = store.state();
        Optional<Model> found = p.variant(id).flatMap(Variant::model);
        Optional<RunTarget> target = target(p);
        if (p.run().running() || found.filter(SourceKind::canRun).isEmpty() || target.isEmpty()) {
            return;
        }
        Model model = found.get();
        ProfilePlan plan = new ProfilePlan(
                target.get(),
                p.setup().level(),
                WARM_UP,
                runs,
                SEED,
                p.dims(),
                p.setup().profiledPerSecond());
        String name = p.variant(id).map(Variant::name).orElse("");
        Attempt run = attempts.next();
        AtomicReference<Model> ran = new AtomicReference<>(model);
        measuring = Optional.of(new Measuring(run, model, ran));
        store.dispatch(new Action.StartRun(run, id));
        if (!store.state().run().is(run)) {
            return; // what was to be run went away meanwhile
        }
        AtomicReference<Optional<ProfileRun>> untilThen = new AtomicReference<>(Optional.empty());
        Job<ProfileRun> job = jobs.submit(
                Lane.DEVICE,
                "Run " + name,
                c -> services.profiler().profile(withLayers(id, ran, plan, c), plan, listener(run, untilThen), c));
        present = Optional.of(job);
        job.outcome().thenAccept(outcome -> new Ending(run, id, ran, plan, untilThen).ended(name, outcome));
    }

    private RunListener listener(Attempt run, AtomicReference<Optional<ProfileRun>> untilThen) {
        return new RunListener() {
            @Override
            public void sample(LiveSample s) {
                store.dispatch(new Action.SampleArrived(run, s));
            }

            @Override
            public void brokenOff(ProfileRun r) {
                untilThen.set(Optional.of(r));
            }
        };
    }

    /// The operators of a program are known once it ran.
    private Model withLayers(VariantId id, AtomicReference<Model> ran, ProfilePlan plan, JobContext context)
            throws LatheException {
        Model model = ran.get();
        if (!SourceKind.lacksLayers(model)) {
            return model;
        }
        context.progress(-1, "looking at the program's operators");
        Model found = TorchScript.observed(model, plan, services.profiler(), context);
        Analysis analysis = services.analyst().analyse(found, plan.dims(), context);
        // Before it is told: what is told of another model would end the run.
        ran.set(found);
        store.dispatch(new Action.OperatorsFound(id, model, analysis));
        return found;
    }

    /// Stops a run whose variant went away, or has another model by now: nobody wants what it measures.
    synchronized void keepUp(Project p) {
        if (p.run() instanceof RunState.Running r
                && !r.stopping()
                && measuring.filter(m -> m.run().equals(r.attempt())).isPresent()
                && !measuring.get().isOf(p.variant(r.variant()).flatMap(Variant::model))) {
            stop();
        }
    }

    synchronized void stop() {
        store.dispatch(new Action.StopRun());
        present.ifPresent(Job::cancel);
    }

    /// What is told when a run is over.
    private final class Ending {
        private final Attempt run;
        private final VariantId id;
        private final AtomicReference<Model> ran;
        private final ProfilePlan plan;
        private final AtomicReference<Optional<ProfileRun>> told;

        /// @param told by the profiler when the run broke off
        Ending(
                Attempt run,
                VariantId id,
                AtomicReference<Model> ran,
                ProfilePlan plan,
                AtomicReference<Optional<ProfileRun>> told) {
            this.run = run;
            this.id = id;
            this.ran = ran;
            this.plan = plan;
            this.told = told;
        }

        void ended(String name, Outcome<ProfileRun> outcome) {
            switch (outcome) {
                case Outcome.Done<ProfileRun>(ProfileRun result) -> {
                    keep(result);
                    over(Optional.empty());
                }
                case Outcome.Cancelled<ProfileRun> c -> {
                    // A loop that was told to stop tells what it has; one that had to be killed tells nothing.
                    untilThen(told.get().isPresent() ? STOPPED : KILLED).ifPresent(this::keep);
                    over(Optional.empty());
                }
                case Outcome.Failed<ProfileRun>(Diagnostic why, Optional<Throwable> cause) -> {
                    untilThen(why).ifPresent(this::keep);
                    over(Optional.of(why));
                    if (store.state()
                            .variant(id)
                            .flatMap(Variant::model)
                            .filter(m -> m == ran.get())
                            .isPresent()) {
                        notices.accept(new Notice(
                                Notice.Kind.ERROR,
                                "The run of " + name + " ended",
                                why.line(),
                                List.of(new Notice.Answer("Run again", () -> start(id, 0)))));
                    }
                }
            }
        }

        private void keep(ProfileRun result) {
            store.dispatch(new Action.MeasurementArrived(run, id, ran.get(), result));
        }

        private void over(Optional<Diagnostic> why) {
            store.dispatch(new Action.RunEnded(run, why));
        }

        /// What was measured before the run broke off.
        private Optional<ProfileRun> untilThen(Diagnostic why) {
            LiveHistory live = store.state().live();
            return told.get()
                    .map(r -> r.brokenOff(why))
                    .or(() -> live.latest()
                            .filter(s -> live.isOf(run) && s.measured())
                            .map(s -> ProfileRun.interrupted(Instant.now(), plan, s, why)));
        }
    }
}
