package dev.lathe.app.panes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.graph.GraphViewModel;
import dev.lathe.app.graph.ScopeTrees;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.TinyModel;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.split.MeasuredSplit;
import dev.lathe.app.split.Schedule;
import dev.lathe.app.split.SplitPlan;
import dev.lathe.app.split.SplitViewModel;
import dev.lathe.app.split.SplitWork;
import dev.lathe.core.Jobs;
import dev.lathe.optimize.Recipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Moves of a border and the one history of the window.
class SplitFeedTest {
    @TempDir
    private Path folder;

    private final FakeServices fakes = new FakeServices();
    private final BlockingQueue<Runnable> window = new LinkedBlockingQueue<>();
    private final Store store = new Store(window::add);
    private final Workbench workbench = new Workbench(store, new Jobs(), fakes.services());
    private final SplitFeed feed = new SplitFeed(
            workbench,
            new SplitWork(() -> {
                throw new AssertionError("nothing runs here");
            }),
            new GraphViewModel(Runnable::run, window::add),
            window::add,
            Runnable::run,
            new ScopeTrees());
    private final SplitViewModel split = feed.model();

    @BeforeEach
    void splitInTwo() throws Exception {
        workbench.open(TinyModel.file(folder));
        await(() -> plan().hasModel());
        split.choose(EncoderFixture.core(0), true);
        for (Runnable next = window.poll(); next != null; next = window.poll()) {
            next.run(); // the choice comes back through the store
        }
        split.choose(EncoderFixture.core(1), true);
        await(() -> plan().prediction().isPresent());
    }

    @AfterEach
    void end() {
        fakes.recipe.countDown();
        workbench.close();
    }

    private SplitPlan plan() {
        return split.plan().get();
    }

    private List<Integer> borders() {
        return plan().borders().stream().map(SplitPlan.Border::cut).toList();
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Runnable next = window.poll(20, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            next.run();
        }
    }

    private void move() throws InterruptedException {
        List<Integer> before = borders();
        split.moveBorder(0, before.getFirst() == 0 ? 1 : 0);
        await(() -> !borders().equals(before));
    }

    @Test
    void undoBorderAndUndoAreOneHistory() throws InterruptedException {
        List<Integer> proposed = borders();
        assertThat(plan().undoBlocked()).isPresent();
        move();
        List<Integer> moved = borders();
        assertThat(plan().undoBlocked()).isEmpty();
        split.undo();
        await(() -> borders().equals(proposed));
        store.redo();
        await(() -> borders().equals(moved));
        store.undo();
        await(() -> borders().equals(proposed));
        assertThat(plan().undoBlocked()).isPresent();
    }

    @Test
    void aStepOfAnotherKindIsNotTakenBackByUndoBorder() throws InterruptedException {
        move();
        VariantId other = new VariantId(7);
        store.dispatch(new Action.AddVariant(other, VariantId.SOURCE, "other", Recipe.EMPTY));
        await(() -> plan().undoBlocked().isPresent());
        split.undo();
        assertThat(store.state().variant(other)).isPresent();
        store.undo();
        await(() -> plan().undoBlocked().isEmpty());
    }

    @Test
    void aMeasurementIsFoundAgainWithItsPlacement() throws InterruptedException {
        SplitMeasurements measurements = new SplitMeasurements();
        Project measured = store.state();
        measurements.follow(measured);
        MeasuredSplit result = new MeasuredSplit(
                9, Duration.ofMillis(2), OptionalDouble.empty(), 0, 8, new Schedule(List.of(), Duration.ZERO));
        measurements.keep(SplitMeasurements.Placed.of(measured), result);
        move();
        measurements.follow(store.state());
        assertThat(measurements.of(store.state())).isEmpty();
        store.undo();
        measurements.follow(store.state());
        assertThat(measurements.of(store.state())).contains(result);
        measurements.follow(Project.EMPTY);
        assertThat(measurements.of(measured)).isEmpty();
    }
}
