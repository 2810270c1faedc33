package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.Job;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.LatheException;
import dev.lathe.core.Outcome;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.optimize.Trace;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.worker.ScratchFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Makes the variants that the project wants: applies the recipe, exports the result beside the others in a temporary
/// folder, and compares its outputs with the source's.
final class VariantMaker {
    private final Store store;
    private final Jobs jobs;
    private final Services services;
    private final Consumer<Notice> notices;
    private final AtomicInteger ids = new AtomicInteger(VariantId.SOURCE.number());
    private final Attempts attempts;
    private final Map<VariantId, Making> running = new HashMap<>();
    private final List<Path> folders = new ArrayList<>();
    /// The folder of the variants of `source`.
    private Optional<Path> folder = Optional.empty();
    private Optional<Model> source = Optional.empty();

    /// A variant's making that was started.
    private record Making(Attempt attempt, Job<?> job) {}

    VariantMaker(Store store, Jobs jobs, Services services, Consumer<Notice> notices, Attempts attempts) {
        this.store = store;
        this.jobs = jobs;
        this.services = services;
        this.notices = notices;
        this.attempts = attempts;
    }

    VariantId newId() {
        return new VariantId(ids.incrementAndGet());
    }

    /// Starts the variants that nobody makes and cancels those that nobody wants any more.
    void keepUp(Project p) {
        p.source().flatMap(Variant::model).ifPresent(this::follow);
        running.entrySet().removeIf(e -> {
            // Undo makes a variant ready, or wants it made another way, before this job is done.
            boolean unwanted = p.variant(e.getKey())
                    .map(Variant::state)
                    .filter(s -> s instanceof VariantState.Preparing(Attempt wanted, Optional<Model> before)
                            && wanted.equals(e.getValue().attempt()))
                    .isEmpty();
            if (unwanted) {
                e.getValue().job().cancel();
            }
            return unwanted;
        });
        for (Variant v : p.variants()) {
            if (v.state() instanceof VariantState.Preparing(Attempt wanted, Optional<Model> before)
                    && !isMade(v, wanted)) {
                begin(p, v);
            }
        }
    }

    private boolean isMade(Variant v, Attempt wanted) {
        return Optional.ofNullable(running.get(v.id()))
                .filter(m -> m.attempt().equals(wanted))
                .isPresent();
    }

    /// The project knows of the making before its job can report anything. One that goes on for the same variant is
    /// from before the variant was taken away and brought back.
    private void begin(Project p, Variant v) {
        Optional.ofNullable(running.get(v.id())).ifPresent(m -> m.job().cancel());
        Attempt making = attempts.next();
        store.dispatch(new Action.MakingBegun(v.id(), making));
        running.put(v.id(), new Making(making, make(p, v, making)));
    }

    /// Nothing is open any more.
    void forgetAll() {
        running.values().forEach(m -> m.job().cancel());
        running.clear();
        source = Optional.empty();
        dropFolder();
    }

    /// With another model, the history begins anew: nothing can bring back the variants of the one before.
    private void follow(Model next) {
        if (source.filter(m -> m == next).isEmpty()) {
            source = Optional.of(next);
            dropFolder();
        }
    }

    private synchronized void dropFolder() {
        folder.ifPresent(old -> {
            folder = Optional.empty();
            Job<Boolean> removing = jobs.submit(Lane.UPKEEP, "Remove the files of closed variants", c -> delete(old));
            removing.outcome().thenAccept(done -> {
                if (done instanceof Outcome.Done<Boolean>(Boolean all) && all) {
                    forget(old);
                }
            });
        });
    }

    private synchronized void forget(Path old) {
        folders.remove(old);
    }

    private Job<VariantState.Ready> make(Project p, Variant variant, Attempt making) {
        Variant source = p.source().orElseThrow();
        Job<VariantState.Ready> job =
                jobs.submit(Lane.BACKGROUND, "Optimize: " + variant.name(), c -> apply(p, source, variant, making, c));
        job.outcome().thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Done<VariantState.Ready>(VariantState.Ready ready) -> {
                    store.dispatch(new Action.VariantReady(variant.id(), making, ready));
                    if (isState(
                            variant.id(),
                            s -> s instanceof VariantState.Ready r && r.file().equals(ready.file()))) {
                        compare(source, variant.id(), ready);
                    }
                }
                case Outcome.Cancelled<VariantState.Ready> c ->
                    store.dispatch(new Action.VariantFailed(
                            variant.id(),
                            making,
                            Diagnostic.info(
                                    "cancelled", "The making of this variant was cancelled.", Place.nowhere())));
                case Outcome.Failed<VariantState.Ready>(Diagnostic why, Optional<Throwable> cause) -> {
                    store.dispatch(new Action.VariantFailed(variant.id(), making, why));
                    if (isState(variant.id(), new VariantState.Failed(why)::equals)) {
                        notices.accept(new Notice(
                                Notice.Kind.ERROR, variant.name() + " could not be made", why.line(), List.of()));
                    }
                }
            }
        });
        return job;
    }

    /// Whether what the job found is what the project has now: else the variant went away, or is made anew.
    private boolean isState(VariantId id, Predicate<VariantState> state) {
        return store.state().variant(id).map(Variant::state).filter(state).isPresent();
    }

    private VariantState.Ready apply(Project p, Variant source, Variant variant, Attempt making, JobContext c)
            throws LatheException {
        Model model = source.model().orElseThrow();
        Trace trace = services.compression().apply(model, variant.recipe(), c.part(0, 0.7));
        c.checkCancelled();
        Path file = newFile(variant.id(), making);
        c.progress(0.7, "writing the model");
        services.files().export(trace.result(), file, c.part(0.7, 0.9));
        c.progress(0.9, "inferring shapes and costs");
        long bytes;
        try {
            bytes = sizeWithExternalData(file);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error("not-readable", "The written variant cannot be read.", Place.file(file)), e);
        }
        List<Diagnostic> remarks =
                trace.steps().stream().flatMap(s -> s.remarks().stream()).toList();
        return new VariantState.Ready(
                trace.result(), services.analyst().analyse(trace.result(), p.dims(), c), file, bytes, remarks);
    }

    /// Compares on the device lane: the comparison runs the model, and two measurements must not overlap.
    private void compare(Variant source, VariantId id, VariantState.Ready ready) {
        Project p = store.state();
        Optional<RunTarget> target = Runner.target(p);
        Optional<Path> file = source.ready().map(VariantState.Ready::file);
        if (target.isEmpty() || file.isEmpty() || p.variant(id).isEmpty()) {
            return;
        }
        String name = p.variant(id).map(Variant::name).orElse("variant");
        Job<List<OutputDifference>> job = jobs.submit(
                Lane.DEVICE,
                "Compare outputs: " + name,
                c -> services.compression().compare(file.get(), ready.file(), p.dims(), target.get(), c));
        job.outcome().thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Done<List<OutputDifference>>(List<OutputDifference> differences) -> {
                    if (!isState(id, s -> s instanceof VariantState.Ready r && r.model() == ready.model())) {
                        return; // its recipe changed meanwhile: told is what is there
                    }
                    store.dispatch(new Action.OutputsCompared(id, ready.model(), differences));
                    VariantWords.ready(store.state(), id, store).ifPresent(notices);
                }
                case Outcome.Cancelled<List<OutputDifference>> c -> {}
                case Outcome.Failed<List<OutputDifference>>(Diagnostic why, Optional<Throwable> cause) -> {
                    if (isState(id, s -> s instanceof VariantState.Ready r && r.model() == ready.model())) {
                        notices.accept(new Notice(
                                Notice.Kind.WARNING, name + " is ready, but not compared", why.line(), List.of()));
                    }
                }
            }
        });
    }

    /// The original beside its variants, where its own file is about to be written over.
    Path copyOf(Model original, JobContext context) throws LatheException {
        Path file = newFile(VariantId.SOURCE, attempts.next());
        services.files().export(original, file, context);
        return file;
    }

    private synchronized Path newFile(VariantId id, Attempt making) throws LatheException {
        try {
            if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
                Path made = ScratchFolder.make();
                folder = Optional.of(made);
                folders.add(made);
            }
            return Files.createDirectories(folder.get().resolve("v" + id.number() + "-" + making.number()))
                    .resolve("model.onnx");
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                                    FileReason.isFullDisk(e) ? "disk-full" : "no-temporary-folder",
                                    "A temporary folder for the variant cannot be made (" + FileReason.of(e) + ").",
                                    Place.nowhere())
                            .withRemedy("Free some space, or set another temporary folder."),
                    e);
        }
    }

    private static long sizeWithExternalData(Path file) throws IOException {
        long sum = 0;
        Path parent = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
        try (var files = Files.list(parent)) {
            for (Path f : files.toList()) {
                sum += Files.size(f);
            }
        }
        return sum;
    }

    /// Deletes the temporary files.
    synchronized void close() {
        running.values().forEach(m -> m.job().cancel());
        running.clear();
        folders.forEach(VariantMaker::delete);
    }

    /// Whether all of it is gone.
    private static boolean delete(Path folder) {
        try (var all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            // A cancelled job may still be writing; at the end of the program it is tried again.
            return false;
        }
    }
}
