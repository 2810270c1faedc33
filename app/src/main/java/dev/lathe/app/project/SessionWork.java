package dev.lathe.app.project;

import dev.lathe.app.ui.Numbers;
import dev.lathe.core.Job;
import dev.lathe.core.JobContext;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.core.Task;
import dev.lathe.graph.Model;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ProfileRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Keeps what is measured between starts of the program, by what the opened model's files hold, and brings it back when
/// a model of the same content is opened: runs and sweeps of the source at once, those of a variant as soon as one of
/// the same recipe is made.
final class SessionWork {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private static final CompletableFuture<?> NOTHING = CompletableFuture.completedFuture(true);

    /// How often a sweep that goes on is written.
    private static final long SWEEP_KEPT_NANOS = Duration.ofSeconds(5).toNanos();

    private final Workbench workbench;
    private final Attempts attempts;
    private Optional<Open> open = Optional.empty();
    private final LongSupplier nanos;
    private long sweepKept;

    /// The model that is open, and what was found of it once its files were read.
    private static final class Open {
        final Model source;
        final Job<Found> looking;
        /// Variants that have their kept runs, with the models that they had then.
        final Map<VariantId, Model> given = new HashMap<>();
        /// Ends with what was to be written last. Each waits for the one before: an older state of a sweep must not end
        /// up over a newer one.
        private CompletableFuture<?> written;

        Open(Model source, Job<Found> looking) {
            this.source = source;
            this.looking = looking;
            written = looking.outcome();
        }

        /// Once the files are read, and all that was to be written before is; nothing where they cannot be read.
        void next(Function<Found, Job<?>> writing) {
            written = written.thenCompose(before -> found().<CompletableFuture<?>>map(
                            f -> writing.apply(f).outcome())
                    .orElse(NOTHING));
        }

        Optional<Found> found() {
            return looking.outcome().getNow(new Outcome.Cancelled<>()) instanceof Outcome.Done<Found>(Found f)
                    ? Optional.of(f)
                    : Optional.empty();
        }
    }

    private record Found(String key, Kept kept) {}

    SessionWork(Workbench workbench, Attempts attempts, LongSupplier nanos) {
        this.workbench = workbench;
        this.attempts = attempts;
        this.nanos = nanos;
        sweepKept = nanos.getAsLong();
    }

    /// Looks once for each model that is opened, and gives each variant that is ready what was kept of it.
    synchronized void keepUp(Project p) {
        Optional<Model> source = p.source().flatMap(Variant::model).filter(m -> SourceKind.of(m) != SourceKind.PROGRAM);
        if (source.isEmpty() || p.file().isEmpty()) {
            open = Optional.empty();
            return;
        }
        if (open.filter(o -> o.source == source.get()).isEmpty()) {
            open = Optional.of(new Open(source.get(), look(p.file().get().path(), source.get())));
        }
        Open now = open.get();
        now.found().ifPresent(f -> {
            for (Variant v : p.variants()) {
                v.model().filter(m -> now.given.get(v.id()) != m).ifPresent(m -> {
                    now.given.put(v.id(), m);
                    give(p, v, m, f.kept());
                });
            }
        });
    }

    private Job<Found> look(Path file, Model model) {
        Services.Keeping keeping = workbench.services().keeping();
        Task<Found> task = c -> {
            // Whole files are read: a measurement that was begun at once is not disturbed by that.
            JobContext aside = workbench.jobs().aside(c);
            String key = keeping.key(file, model, aside);
            aside.checkCancelled();
            return new Found(key, keeping.find(key));
        };
        Job<Found> job = workbench.jobs().submit(Lane.UPKEEP, "Look for earlier measurements", task);
        job.outcome().thenAccept(o -> {
            if (o instanceof Outcome.Done<Found>(Found f)) {
                keepUp(workbench.store().state());
                tell(model, f.kept());
            }
        });
        return job;
    }

    private void give(Project p, Variant v, Model model, Kept kept) {
        List<ProfileRun> runs = kept.runs().stream()
                .filter(r -> r.recipe().equals(v.recipe()))
                .sorted(Comparator.comparing(Kept.KeptRun::when))
                .map(r -> r.of(model.graph(), p.device()))
                .toList();
        Optional<SweepState> sweep = kept.sweeps().stream()
                .filter(s -> s.recipe().equals(v.recipe()))
                .findFirst()
                .map(s -> s.of(attempts.next(), model, p.device()));
        if (!runs.isEmpty() || sweep.isPresent()) {
            workbench.store().dispatch(new Action.KeptArrived(v.id(), model, runs, sweep));
        }
    }

    private void tell(Model source, Kept kept) {
        if (!kept.troubles().isEmpty()) {
            workbench.store().dispatch(new Action.KeptDamaged(source, kept.troubles()));
            workbench.tell(new Notice(
                    Notice.Kind.WARNING,
                    kept.troubles().size() == 1
                            ? "An earlier measurement cannot be read"
                            : kept.troubles().size() + " earlier measurements cannot be read",
                    kept.troubles().getFirst().line() + " Compare, runs, tells which.",
                    List.of()));
        }
        if (kept.runs().isEmpty() && kept.sweeps().isEmpty()) {
            return;
        }
        Map<Recipe, String> variants = new LinkedHashMap<>();
        kept.runs().stream()
                .filter(r -> !r.recipe().steps().isEmpty())
                .forEach(r -> variants.putIfAbsent(r.recipe(), r.variant()));
        Optional<Kept.KeptRun> newest = kept.runs().stream()
                .filter(r -> r.recipe().steps().isEmpty())
                .max(Comparator.comparing(Kept.KeptRun::when));
        List<Notice.Answer> answers = new ArrayList<>();
        newest.ifPresent(r -> answers.add(new Notice.Answer("Show the newest", () -> show(source, r))));
        if (!variants.isEmpty()) {
            answers.add(new Notice.Answer(
                    variants.size() == 1 ? "Make its variant" : "Make its " + variants.size() + " variants",
                    () -> make(source, variants)));
        }
        workbench.tell(new Notice(
                Notice.Kind.SUCCESS,
                "Measured before: " + counted(kept),
                newest.map(r -> {
                                    ProfileRun run = r.of(source.graph(), Optional.empty());
                                    return "The newest is of "
                                            + DAY.format(r.when().atZone(ZoneId.systemDefault())) + ", "
                                            + Numbers.time(run.latency().p50()) + ". ";
                                })
                                .orElse("")
                        + "Compare has all of them.",
                answers,
                now -> now.source()
                        .flatMap(Variant::model)
                        .filter(m -> m == source)
                        .isPresent()));
    }

    private static String counted(Kept kept) {
        List<String> parts = new ArrayList<>();
        int runs = kept.runs().size();
        int sweeps = kept.sweeps().size();
        if (runs > 0) {
            parts.add(runs + (runs == 1 ? " run" : " runs"));
        }
        if (sweeps > 0) {
            parts.add(sweeps + (sweeps == 1 ? " sweep" : " sweeps"));
        }
        return String.join(", ", parts);
    }

    private void show(Model source, Kept.KeptRun run) {
        Project p = workbench.store().state();
        p.source().flatMap(Variant::model).filter(m -> m == source).ifPresent(m -> {
            workbench.store().dispatch(new Action.SelectVariant(VariantId.SOURCE));
            workbench.store().dispatch(new Action.ShowKept(VariantId.SOURCE, run.of(m.graph(), p.device())));
        });
    }

    private void make(Model source, Map<Recipe, String> variants) {
        Project p = workbench.store().state();
        if (p.source().flatMap(Variant::model).filter(m -> m == source).isPresent()) {
            variants.forEach((recipe, name) -> {
                if (p.variants().stream().noneMatch(v -> v.recipe().equals(recipe))) {
                    workbench.addKept(name, recipe);
                }
            });
        }
    }

    /// Told of each action after it took effect: what was measured is written.
    void keep(Action action) {
        Project p = workbench.store().state();
        if (action instanceof Action.MeasurementArrived a) {
            p.variant(a.variant())
                    .filter(v -> v.model().filter(m -> m == a.model()).isPresent())
                    .ifPresent(v ->
                            write(p, key -> workbench.services().keeping().keep(key, v, a.result())));
        } else if (action instanceof Action.SweepPointArrived a && sweepIsDue()) {
            keepSweep(p, a.variant());
        } else if (action instanceof Action.SweepEnded a) {
            keepSweep(p, a.variant());
        }
    }

    private void keepSweep(Project p, VariantId id) {
        p.variant(id)
                .ifPresent(v -> p.sweepOf(v.id())
                        .filter(s -> !s.results().isEmpty())
                        .ifPresent(s ->
                                write(p, key -> workbench.services().keeping().keep(key, v, s))));
    }

    /// Of a long sweep no more than the last points are lost with the program; short ones are written when they end,
    /// and not beside what they measure.
    private synchronized boolean sweepIsDue() {
        long now = nanos.getAsLong();
        boolean due = now - sweepKept > SWEEP_KEPT_NANOS;
        if (due) {
            sweepKept = now;
        }
        return due;
    }

    private interface Writing {
        void under(String key) throws dev.lathe.core.LatheException;
    }

    /// After the model's files were read: their content is what it is kept by.
    private synchronized void write(Project p, Writing writing) {
        open.filter(o -> p.source()
                        .flatMap(Variant::model)
                        .filter(m -> m == o.source)
                        .isPresent())
                .ifPresent(o -> o.next(found -> workbench.submit(
                        Lane.UPKEEP,
                        "Keep what was measured",
                        c -> {
                            writing.under(found.key());
                            return true;
                        },
                        done -> {})));
    }
}
