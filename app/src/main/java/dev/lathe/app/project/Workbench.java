package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.core.Task;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.graph.target.Device;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ceiling.Ceilings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The acts behind the buttons: each starts the jobs it needs, and the jobs end in actions. Called from the FX thread;
/// never blocks it.
public final class Workbench implements AutoCloseable {
    private final Store store;
    private final Jobs jobs;
    private final Services services;
    private final Attempts attempts = new Attempts();
    private final VariantMaker variants;
    private final Runner runner;
    private final RoofWork roofs;
    private final SweepWork sweeps;
    private final SessionWork session;
    private final List<Consumer<Notice>> noticeListeners = new CopyOnWriteArrayList<>();
    private final Map<VariantId, Analysing> analysing = new HashMap<>();
    private Optional<Job<?>> opening = Optional.empty();
    /// The variant that an edit makes.
    private Optional<VariantId> toShow = Optional.empty();

    public Workbench(Store store, Jobs jobs, Services services) {
        this(store, jobs, services, System::nanoTime);
    }

    /// @param nanos the clock by which a sweep that goes on is kept now and then
    Workbench(Store store, Jobs jobs, Services services, LongSupplier nanos) {
        this.store = store;
        this.jobs = jobs;
        this.services = services;
        this.variants = new VariantMaker(store, jobs, services, this::tell, attempts);
        this.runner = new Runner(store, jobs, services, this::tell, attempts);
        this.roofs = new RoofWork(this);
        this.sweeps = new SweepWork(store, jobs, services, this::tell, attempts);
        this.session = new SessionWork(this, attempts, nanos);
        store.onAction(session::keep);
        store.listen(this::keepUp);
    }

    public Store store() {
        return store;
    }

    public Jobs jobs() {
        return jobs;
    }

    public Services services() {
        return services;
    }

    /// Told on any thread about what ended and is worth a word.
    public void onNotice(Consumer<Notice> listener) {
        noticeListeners.add(listener);
    }

    public void tell(Notice notice) {
        noticeListeners.forEach(l -> l.accept(notice));
    }

    /// Reads a model and makes it the project's source; what was open goes on being shown until it is there.
    public Job<Action.ModelOpened> open(Path file) {
        return open(file, Optional.empty());
    }

    /// Reads the opened program anew, with what it is to be given, in order: what was measured was of other inputs.
    public void describe(List<ValueType> inputs) {
        Project p = store.state();
        if (p.kind() == SourceKind.PROGRAM) {
            p.file().ifPresent(f -> open(f.path(), Optional.of(inputs)));
        }
    }

    private Job<Action.ModelOpened> open(Path file, Optional<List<ValueType>> inputs) {
        opening.ifPresent(Job::cancel);
        runner.stop();
        Attempt attempt = attempts.next();
        store.dispatch(new Action.OpenModel(attempt, file));
        Job<Action.ModelOpened> job = jobs.submit(
                Lane.BACKGROUND,
                "Open " + file.getFileName(),
                c -> OpenedModel.read(attempt, file, inputs, services, c));
        opening = Optional.of(job);
        job.outcome().thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Done<Action.ModelOpened>(Action.ModelOpened opened) -> store.dispatch(opened);
                case Outcome.Cancelled<Action.ModelOpened> c -> store.dispatch(new Action.OpeningCancelled(attempt));
                case Outcome.Failed<Action.ModelOpened>(Diagnostic why, Optional<Throwable> cause) ->
                    store.dispatch(new Action.OpeningFailed(attempt, file, why));
            }
        });
        return job;
    }

    public void closeModel() {
        opening.ifPresent(Job::cancel);
        runner.stop();
        store.dispatch(new Action.CloseModel());
    }

    /// Runs the shown variant until [#stop].
    public void run() {
        runner.start(store.state().selected(), 0);
    }

    /// Runs the shown variant `runs` times after warm-up.
    public void run(int runs) {
        runner.start(store.state().selected(), runs);
    }

    /// Runs the variant whose run broke off once more.
    public void runAgain() {
        if (store.state().run() instanceof RunState.Failed f) {
            runner.start(f.variant(), 0);
        }
    }

    public void stop() {
        runner.stop();
    }

    public void runOrStop() {
        if (store.state().run().running()) {
            stop();
        } else {
            run();
        }
    }

    /// Measuring the shown variant at many sizes.
    public SweepWork sweeps() {
        return sweeps;
    }

    /// Measures what the device of the shown variant gives at most.
    public Optional<Job<Ceilings>> measureCeilings() {
        return roofs.measure();
    }

    public void setDims(DimBindings dims) {
        store.dispatch(new Action.SetDims(dims));
    }

    public void chooseDevice(Device device) {
        int threads = device.cores().isEmpty()
                ? Math.max(1, Runtime.getRuntime().availableProcessors())
                : device.cores().size();
        store.dispatch(new Action.ChooseDevice(device, threads));
    }

    /// The next runs run so, and that is told.
    public void setRun(RunChange change) {
        Project p = store.state();
        store.dispatch(new Action.SetRunSettings(
                change.threads().orElse(p.threads()),
                change.level().orElse(p.setup().level()),
                p.setup().profiledPerSecond()));
        tell(new Notice(
                Notice.Kind.SUCCESS,
                "Runs take " + change.words() + " from now on",
                "What was measured before stays, to be compared.",
                List.of(new Notice.Answer("Run", this::run)),
                now -> change.holds(now) && !now.run().running()));
    }

    /// Adds a variant below the shown one (its recipe, then `steps`) and starts to make it.
    public VariantId addVariant(String name, List<Recipe.Step> steps) {
        Project p = store.state();
        Recipe recipe = p.shown().map(Variant::recipe).orElse(Recipe.EMPTY);
        for (Recipe.Step step : steps) {
            recipe = recipe.then(step);
        }
        VariantId id = variants.newId();
        store.dispatch(new Action.AddVariant(id, p.selected(), name, recipe));
        return id;
    }

    /// Adds a variant below the source that this recipe makes, and starts to make it.
    void addKept(String name, Recipe recipe) {
        store.dispatch(new Action.AddVariant(
                variants.newId(), VariantId.SOURCE, store.state().freeName(name), recipe));
    }

    /// Edits the shown variant by these statements. One that was edited last, and of which no other was made, gets them
    /// into its recipe and is made anew; below any other a new one is made, and shown when it is ready.
    public void edit(String script) {
        Project p = store.state();
        Optional<Recipe> longer = p.shown()
                .filter(v -> p.childrenOf(v.id()).isEmpty())
                .flatMap(v -> EditedRecipe.with(v.recipe(), script));
        if (longer.isPresent()) {
            store.dispatch(new Action.ChangeRecipe(p.selected(), longer.get()));
        } else {
            toShow = Optional.of(addVariant(p.freeName("Edited"), List.of(EditedRecipe.step(script))));
        }
    }

    /// Whether [#edit] would go into the shown variant, rather than make a new one.
    public boolean editsShown() {
        Project p = store.state();
        return p.shown()
                .filter(v -> p.childrenOf(v.id()).isEmpty())
                .flatMap(v -> EditedRecipe.script(v.recipe()))
                .isPresent();
    }

    /// Not when the user went to look at something else meanwhile.
    private void showEdited(Project p) {
        Optional<Variant> made = toShow.flatMap(p::variant);
        if (made.filter(v -> v.state() instanceof VariantState.Preparing).isPresent()) {
            return;
        }
        toShow = Optional.empty();
        made.filter(v -> v.ready().isPresent() && v.parent().equals(Optional.of(p.selected())))
                .ifPresent(v -> store.dispatch(new Action.SelectVariant(v.id())));
    }

    /// Any other long work with a title of its own; a failure becomes a notice.
    public <T> Job<T> submit(Lane lane, String title, Task<T> task, Consumer<T> done) {
        Job<T> job = jobs.submit(lane, title, task);
        job.outcome().thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Done<T>(T value) -> done.accept(value);
                case Outcome.Cancelled<T> c -> {}
                case Outcome.Failed<T>(Diagnostic why, Optional<Throwable> cause) ->
                    tell(new Notice(Notice.Kind.ERROR, title + " failed", why.line(), List.of()));
            }
        });
        return job;
    }

    /// Writes a variant's model to a file of the user's, its weights where they are wanted; over the opened file its
    /// data files are written over, too, and the original goes on as a copy.
    public void exportModel(Variant variant, Path target, WeightPlacement weights) {
        Project p = store.state();
        Path opened = p.file().map(SourceFile::path).orElse(target);
        Optional<Model> original =
                p.source().flatMap(Variant::model).filter(m -> !variant.isSource() && Formats.isSame(opened, target));
        variant.model()
                .ifPresent(model -> submit(
                        Lane.BACKGROUND,
                        "Export " + target.getFileName(),
                        c -> {
                            Optional<Path> copy = original.isPresent()
                                    ? Optional.of(variants.copyOf(original.get(), c.part(0, 0.4)))
                                    : Optional.empty();
                            services.files()
                                    .save(model, opened, target, weights, c.part(copy.isPresent() ? 0.4 : 0, 1));
                            copy.ifPresent(f ->
                                    store.dispatch(new Action.SourceReplaced(variant.id(), original.orElseThrow(), f)));
                            return ExportedFiles.words(target, services.files().open(target, c));
                        },
                        files -> tell(
                                original.isPresent()
                                        ? VariantWords.replaced(variant, target, files, () -> open(target))
                                        : new Notice(
                                                Notice.Kind.SUCCESS, "Exported " + variant.name(), files, List.of()))));
    }

    public void exportRecipe(Variant variant, Path target) {
        submit(
                Lane.BACKGROUND,
                "Export " + target.getFileName(),
                c -> {
                    services.compression().writeRecipe(variant.recipe(), target);
                    return target;
                },
                file -> tell(new Notice(
                        Notice.Kind.SUCCESS,
                        "Exported the recipe of " + variant.name(),
                        file.toAbsolutePath().toString(),
                        List.of())));
    }

    public void exportReport(Path folder) {
        Project p = store.state();
        submit(
                Lane.BACKGROUND,
                "Report to " + folder.getFileName(),
                c -> {
                    services.reports().write(p, folder, c);
                    return folder;
                },
                f -> tell(new Notice(
                        Notice.Kind.SUCCESS,
                        "The report is written",
                        f.resolve("report.html").toAbsolutePath().toString(),
                        List.of())));
    }

    /// An analysis that was started.
    private record Analysing(Model of, DimBindings dims, Job<Analysis> job) {
        boolean failed() {
            return job.outcome().getNow(new Outcome.Cancelled<>()) instanceof Outcome.Failed<Analysis>;
        }
    }

    /// Starts what the present state lacks: variants that nobody makes, analyses of other dimensions. Looking at the
    /// state rather than at the action makes this right after undo, too.
    private void keepUp(Project p) {
        runner.keepUp(p);
        sweeps.keepUp(p);
        if (p.source().isEmpty()) {
            variants.forgetAll();
            return;
        }
        variants.keepUp(p);
        session.keepUp(p);
        roofs.keepUp(p);
        showEdited(p);
        for (Variant v : p.variants()) {
            boolean stale = v.analysis().map(a -> !a.dims().equals(p.dims())).orElse(false);
            // One that failed is not tried again for the same sizes; one for sizes that changed meanwhile is awaited.
            boolean known = Optional.ofNullable(analysing.get(v.id()))
                    .map(a -> !a.job().outcome().isDone()
                            || a.dims().equals(p.dims())
                                    && v.model().filter(m -> m == a.of()).isPresent()
                                    && a.failed())
                    .orElse(false);
            if (stale && !known) {
                analysing.put(v.id(), new Analysing(v.model().orElseThrow(), p.dims(), analyse(v, p.dims())));
            }
        }
    }

    private Job<Analysis> analyse(Variant variant, DimBindings dims) {
        return submit(
                Lane.UPKEEP,
                "Analyse " + variant.name(),
                c -> services.analyst().analyse(variant.model().orElseThrow(), dims, c),
                analysis -> store.dispatch(new Action.AnalysisArrived(variant.id(), analysis)));
    }

    /// Ends the jobs and removes the temporary files.
    @Override
    public void close() {
        runner.stop();
        variants.close();
        jobs.close();
        try {
            services.owned().close();
        } catch (Exception e) {
            throw new IllegalStateException("a service did not close", e);
        }
    }

    /// The names of dimensions that a model leaves open, in order of its inputs.
    public static Set<String> freeDims(Project p) {
        return p.source().flatMap(Variant::model).map(OpenedModel::freeDims).orElse(Set.of());
    }
}
