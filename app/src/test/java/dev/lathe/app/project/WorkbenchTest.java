package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Jobs;
import dev.lathe.core.Outcome;
import dev.lathe.core.Place;
import dev.lathe.optimize.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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
        await(p -> p.opening() instanceof Opening.Opened);
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
}
