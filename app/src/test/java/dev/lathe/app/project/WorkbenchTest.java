package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.core.Place;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ProfileRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The acts behind the buttons, with services that are quick.
class WorkbenchTest {
    @TempDir
    Path folder;

    private final FakeServices fakes = new FakeServices();
    private final Store store = new Store(Runnable::run);
    private Workbench workbench;

    @BeforeEach
    void start() {
        workbench = new Workbench(store, new Jobs(), fakes.services());
        workbench.chooseDevice(TinyModel.CPU);
    }

    @AfterEach
    void end() {
        fakes.recipe.countDown();
        workbench.close();
    }

    private void open(Path file) throws Exception {
        assertThat(workbench.open(file).outcome().get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
        // What is looked for at opening has arrived: from here on the test's own thread tells the listeners.
        await(p -> p.opening() instanceof Opening.Opened
                && p.shownTarget().filter(t -> !p.roofs().containsKey(t)).isEmpty());
    }

    private Project await(Predicate<Project> condition) throws Exception {
        CompletableFuture<Project> met = new CompletableFuture<>();
        Store.Subscription subscription = store.listen(p -> {
            if (condition.test(p)) {
                met.complete(p);
            }
        });
        if (condition.test(store.state())) {
            met.complete(store.state());
        }
        Project p = met.get(20, TimeUnit.SECONDS);
        subscription.end();
        return p;
    }

    @Test
    void aRunThatBeginsWhileAnOtherModelsRunEndsCanBeStopped() throws Exception {
        Path file = TinyModel.file(folder);
        open(file);
        for (int i = 0; i < 20; i++) {
            workbench.run();
            await(p -> p.live().latest().isPresent());
            open(file);
            workbench.run();
            await(p -> p.live().latest().isPresent());
            assertThat(store.state().run().running()).isTrue();
            workbench.stop();
            await(p -> !p.run().running());
        }
    }

    @Test
    void whatWasMeasuredBeforeTheWorkerDiedIsKept() throws Exception {
        open(TinyModel.file(folder));
        workbench.run();
        await(p -> p.live().latest().filter(s -> s.soFar().runs() > 12).isPresent());
        fakes.kill = Optional.of(Diagnostic.error("worker-died", "The worker was killed.", new Place.InWorker(7)));
        Project p = await(q -> q.run() instanceof RunState.Failed);
        assertThat(p.shownRun().orElseThrow().latency().runs()).isGreaterThan(12);
        assertThat(p.shownRun().orElseThrow().layers()).isNotEmpty();
        assertThat(p.shownRun().orElseThrow().diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.line()).contains("broke off", "killed"));
    }

    @Test
    void aRunThatBreaksOffLeavesTheFinishedMeasurementBeforeIt() throws Exception {
        open(TinyModel.file(folder));
        workbench.run(3);
        ProfileRun finished = await(p -> p.shownRun().isPresent() && !p.run().running())
                .shownRun()
                .orElseThrow();
        workbench.run();
        await(p -> p.live().latest().filter(s -> s.soFar().runs() > 12).isPresent());
        fakes.kill = Optional.of(Diagnostic.error("worker-died", "The worker was killed.", new Place.InWorker(7)));
        Project p = await(q -> q.run() instanceof RunState.Failed);
        assertThat(p.shownRun()).containsSame(finished);
        assertThat(p.live().result().orElseThrow().brokenOff()).isPresent();
    }

    @Test
    void whatWasMeasuredBeforeAStoppedWorkerHadToBeKilledIsKept() throws Exception {
        open(TinyModel.file(folder));
        fakes.deaf = true;
        workbench.run();
        await(p -> p.live().latest().filter(s -> s.soFar().runs() > 12).isPresent());
        workbench.stop();
        Project p = await(q -> !q.run().running());
        assertThat(p.shownRun().orElseThrow().latency().runs()).isGreaterThan(12);
        assertThat(p.shownRun().orElseThrow().brokenOff()).isPresent();
    }

    @Test
    void aVariantWrittenOverTheOpenedFileLeavesTheOriginalAsItWasInACopy() throws Exception {
        Path file = TinyModel.file(folder);
        open(file);
        Model original = store.state().shownModel().orElseThrow();
        fakes.recipe.countDown();
        fakes.change = m -> m.withGraph(renamed(m.graph()));
        VariantId id = workbench.addVariant("renamed", List.of());
        await(p -> p.variant(id).flatMap(Variant::ready).isPresent());
        store.dispatch(new Action.SetDims(new DimBindings(java.util.Map.of("nothing", 1L))));
        CompletableFuture<Notice> told = new CompletableFuture<>();
        workbench.onNotice(n -> {
            if (n.title().startsWith("Exported")) {
                told.complete(n);
            }
        });
        workbench.exportModel(store.state().variant(id).orElseThrow(), file, WeightPlacement.keep());
        Notice notice = told.get(20, TimeUnit.SECONDS);
        assertThat(notice.title()).contains("renamed", "mnist-cnn.onnx");
        Project p = await(q -> q.file().flatMap(SourceFile::replacedBy).isPresent());
        assertThat(p.file().orElseThrow().replacedBy()).contains(id);
        assertThat(Formats.open(file, JobContext.quiet())
                        .graph()
                        .nodes()
                        .getFirst()
                        .name())
                .isEqualTo("renamed");
        Path copy = p.source().flatMap(Variant::ready).orElseThrow().file();
        assertThat(copy).isNotEqualTo(file);
        assertThat(Formats.open(copy, JobContext.quiet())
                        .graph()
                        .nodes()
                        .getFirst()
                        .name())
                .isEqualTo(original.graph().nodes().getFirst().name());
        assertThat(p.shownTitle().name()).as("it is still called as its file").isEqualTo("mnist-cnn");
        assertThat(p.shownModel()).containsSame(original);
        // No undo writes the file back, or forgets where the original lies.
        store.undo();
        assertThat(store.state().file().flatMap(SourceFile::replacedBy)).contains(id);
        assertThat(store.state().source().flatMap(Variant::ready).orElseThrow().file())
                .isEqualTo(copy);
        // The answer opens what the file has now.
        notice.answers().getFirst().act().run();
        Project opened = await(q -> q.shownModel().filter(m -> m != original).isPresent()
                && q.variants().size() == 1);
        assertThat(opened.file().orElseThrow().replacedBy()).isEmpty();
        assertThat(opened.shownModel().orElseThrow().graph().nodes().getFirst().name())
                .isEqualTo("renamed");
    }

    private static Graph renamed(Graph g) {
        Editor editor = g.edit();
        editor.replace(g.nodes().getFirst().withName("renamed"));
        return editor.commit();
    }

    @Test
    void theFilesOfVariantsGoWhenAnotherModelIsOpened() throws Exception {
        Path file = TinyModel.file(folder);
        open(file);
        fakes.recipe.countDown();
        VariantId id = workbench.addVariant("same", List.of(new Recipe.Step("simplify", java.util.Map.of())));
        Path made = await(p -> p.variant(id).flatMap(Variant::ready).isPresent())
                .variant(id)
                .flatMap(Variant::ready)
                .orElseThrow()
                .file();
        assertThat(made).exists();
        CompletableFuture<Boolean> removed = new CompletableFuture<>();
        workbench.jobs().listen(job -> {
            if (!Files.exists(made)) {
                removed.complete(true);
            }
        });
        open(file);
        assertThat(removed.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aVariantThatIsRemovedWhileItRunsIsStopped() throws Exception {
        VariantId id = variantThatRuns();
        store.dispatch(new Action.RemoveVariant(id));
        await(p -> !p.run().running());
        awaitIdleDevice();
        assertThat(store.state().live().latest()).isEmpty();
        workbench.run();
        await(p -> p.live().latest().isPresent());
        assertThat(store.state().run().running()).isTrue();
    }

    @Test
    void aVariantWhoseMakingIsUndoneWhileItRunsIsStopped() throws Exception {
        variantThatRuns();
        store.undo();
        await(p -> !p.run().running());
        awaitIdleDevice();
        assertThat(store.state().run()).isEqualTo(RunState.IDLE);
    }

    /// The device lane does one thing at a time: what is queued behind the run comes when its worker has ended.
    private void awaitIdleDevice() throws Exception {
        workbench
                .jobs()
                .submit(Lane.DEVICE, "after the run", c -> true)
                .outcome()
                .get(20, TimeUnit.SECONDS);
    }

    private VariantId variantThatRuns() throws Exception {
        fakes.recipe.countDown();
        open(TinyModel.file(folder));
        VariantId id = workbench.addVariant("small", List.of());
        await(p -> p.variant(id).flatMap(Variant::ready).isPresent());
        store.dispatch(new Action.SelectVariant(id));
        workbench.run();
        await(p -> p.live().latest().isPresent());
        return id;
    }

    @Test
    void aFileThatIsOpenedTwiceInQuickSuccessionOpens() throws Exception {
        Path file = TinyModel.file(folder);
        for (int i = 0; i < 20; i++) {
            Job<Action.ModelOpened> first = workbench.open(file);
            Job<Action.ModelOpened> second = workbench.open(file);
            first.outcome().get(20, TimeUnit.SECONDS);
            assertThat(second.outcome().get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
            await(p -> p.opening() instanceof Opening.Opened && p.isOpen());
            workbench.closeModel();
        }
    }

    @Test
    void undoAndRedoWhileAVariantIsMadeLeaveItBeingMade() throws Exception {
        open(TinyModel.file(folder));
        for (int i = 0; i < 20; i++) {
            VariantId id = workbench.addVariant("small", List.of());
            List<VariantState> seen = new CopyOnWriteArrayList<>();
            Store.Subscription subscription =
                    store.listen(p -> p.variant(id).map(Variant::state).ifPresent(seen::add));
            Set<Job<?>> jobs = ConcurrentHashMap.newKeySet();
            workbench.jobs().listen(jobs::add);
            store.undo();
            store.redo();
            for (Job<?> job : jobs) {
                if (job.cancelled()) {
                    job.outcome().get(20, TimeUnit.SECONDS);
                }
            }
            assertThat(seen).allMatch(s -> s instanceof VariantState.Preparing);
            subscription.end();
        }
        fakes.recipe.countDown();
        await(p -> p.variants().stream().allMatch(v -> v.ready().isPresent()));
    }

    @Test
    void aMakingThatTheUserCancelsIsShownAsCancelled() throws Exception {
        open(TinyModel.file(folder));
        CompletableFuture<Job<?>> making = new CompletableFuture<>();
        workbench.jobs().listen(job -> {
            if (job.latest().step().equals("thinking")) {
                making.complete(job);
            }
        });
        VariantId id = workbench.addVariant("small", List.of());
        // Another thread may be at the store: then it begins the making, some time after.
        making.get(20, TimeUnit.SECONDS).cancel();
        await(p -> p.variant(id)
                .filter(v -> v.state() instanceof VariantState.Failed(Diagnostic why)
                        && why.code().equals("cancelled"))
                .isPresent());
    }

    @Test
    void anExportTellsOfTheDataFilesThatItNeeds() throws Exception {
        CompletableFuture<Notice> told = new CompletableFuture<>();
        open(TinyModel.file(folder));
        workbench.onNotice(told::complete);
        Path target = folder.resolve("out.onnx");
        workbench.exportModel(
                store.state().shown().orElseThrow(),
                target,
                WeightPlacement.external(new WeightPlacement.Division.OneFile()));

        assertThat(told.get(20, TimeUnit.SECONDS).text()).isEqualTo(target + ", which needs out.onnx.data beside it");
        assertThat(folder.resolve("out.onnx.data")).isNotEmptyFile();
    }

    @Test
    void aVariantThatIsExportedOverTheOpenedFileWritesOverItsDataFile() throws Exception {
        WeightPlacement outside = WeightPlacement.external(new WeightPlacement.Division.OneFile());
        Path opened = Files.createDirectory(folder.resolve("model")).resolve("m.onnx");
        Formats.export(TinyModel.model(folder), opened, outside, JobContext.quiet());
        open(opened);
        fakes.change = m -> {
            Editor editor = m.graph().edit();
            editor.rename(m.graph().initializers().keySet().iterator().next(), "renamed");
            return m.withGraph(editor.commit());
        };
        fakes.recipe.countDown();
        VariantId id = workbench.addVariant("edited", List.of());
        await(p -> p.variant(id).flatMap(Variant::ready).isPresent());
        CompletableFuture<Notice> told = new CompletableFuture<>();
        // That the variant is ready may be told meanwhile, too.
        workbench.onNotice(n -> {
            if (n.title().startsWith("Exported")) {
                told.complete(n);
            }
        });
        workbench.exportModel(store.state().variant(id).orElseThrow(), opened, outside);

        assertThat(told.get(20, TimeUnit.SECONDS).text()).startsWith(opened + ", which needs m.onnx.data beside it");
        try (Stream<Path> there = Files.list(opened.getParent())) {
            assertThat(there.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("m.onnx", "m.onnx.data");
        }
    }
}
