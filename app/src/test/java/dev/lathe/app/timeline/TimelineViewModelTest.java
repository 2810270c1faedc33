package dev.lathe.app.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.core.Jobs;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.ProfileRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineViewModelTest {
    @TempDir
    private Path folder;

    private final EncoderFixture encoder = new EncoderFixture();
    private final Jobs jobs = new Jobs();
    private final LinkedBlockingQueue<Runnable> window = new LinkedBlockingQueue<>();
    private final List<NodeId> selected = new ArrayList<>();
    private final TimelineViewModel model = new TimelineViewModel(jobs, window::add, selected::add);

    @AfterEach
    void close() {
        jobs.close();
    }

    private void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Runnable task = window.poll(20, TimeUnit.SECONDS);
            assertThat(task).as("a result that was awaited").isNotNull();
            task.run();
        }
    }

    private void show(Optional<ProfileRun> run) {
        model.show(encoder.graph(), run.map(r -> TimelineSource.of("encoder", encoder.graph(), r)));
    }

    private Timeline shown() {
        return model.state().get().timeline().orElseThrow();
    }

    @Test
    void theKernelsOfARunAreShownAndAPickedOneSelectsItsLayer() throws Exception {
        assertThat(model.state().get().hasModel()).isFalse();
        show(Optional.empty());
        assertThat(model.state().get().hasModel()).isTrue();
        assertThat(model.state().get().timeline()).isEmpty();
        show(Optional.of(encoder.run(1)));
        until(() -> model.state().get().timeline().isPresent());
        assertThat(shown().slices()).isEqualTo(encoder.graph().nodes().size());
        assertThat(shown().kinds().keySet()).startsWith("MatMul");
        SliceRow row = shown().tracks().getFirst().rows().getFirst();
        Slice third = row.get(2);
        model.pick(Optional.of(third));
        NodeId behind = encoder.graph().nodes().get(2).id();
        assertThat(selected).containsExactly(behind);
        assertThat(model.selected().get()).contains(behind);
        assertThat(third.facts().lines().getFirst())
                .isEqualTo("layer "
                        + encoder.graph()
                                .nodes()
                                .get(2)
                                .shownName()
                                .substring(1)
                                .replace('/', '.'));
    }

    @Test
    void anotherMeasurementOfTheModelReplacesTheTimelineAndNothingIsShownForNoModel() throws Exception {
        show(Optional.of(encoder.run(1)));
        until(() -> model.state().get().timeline().isPresent());
        Timeline first = shown();
        show(Optional.of(encoder.run(2)));
        assertThat(model.state().get().timeline())
                .as("until the new one is ready")
                .contains(first);
        until(() -> shown() != first);
        assertThat(shown().length()).isGreaterThan(1.8 * first.length());
        model.showNothing();
        assertThat(model.state().get()).isEqualTo(TimelineState.EMPTY);
    }

    @Test
    void aTraceFileIsShownInPlaceOfTheRunUntilItIsPutAway() throws Exception {
        show(Optional.of(encoder.run(1)));
        until(() -> model.state().get().timeline().isPresent());
        Timeline run = shown();
        Path file = Traces.write(folder.resolve("t.json"), 500, 3);
        model.open(file);
        until(() -> model.state().get().file().isPresent());
        assertThat(shown().slices()).isEqualTo(500);
        assertThat(shown().tracks()).hasSize(3);
        show(Optional.of(encoder.run(2)));
        until(() -> window.isEmpty());
        assertThat(shown().slices()).as("a run does not push the file away").isEqualTo(500);
        model.mark(shown().from(), shown().from() + 100);
        assertThat(model.range().get().orElseThrow().slices()).isPositive();
        model.close();
        assertThat(model.range().get()).isEmpty();
        assertThat(model.state().get().file()).isEmpty();
        until(() -> shown() != run);
        assertThat(shown().slices()).isEqualTo(run.slices());
    }

    @Test
    void aFileThatIsNoTraceIsToldAndWhatWasShownStays() throws Exception {
        show(Optional.of(encoder.run(1)));
        until(() -> model.state().get().timeline().isPresent());
        Timeline run = shown();
        model.open(Files.writeString(folder.resolve("notes.json"), "{\"hello\":1}"));
        until(() -> model.state().get().trouble().isPresent());
        assertThat(model.state().get().trouble().orElseThrow().line())
                .contains("notes.json")
                .contains("has no event");
        assertThat(shown()).isSameAs(run);
        model.open(Traces.write(folder.resolve("t.json"), 50, 1));
        until(() -> model.state().get().file().isPresent());
        assertThat(model.state().get().trouble()).isEmpty();
    }

    @Test
    void aFileThatIsOpenedMeanwhileTakesThePlaceOfTheOneBeforeIt() throws Exception {
        Path large = Traces.write(folder.resolve("large.json"), 20_000, 3);
        Path small = Traces.write(folder.resolve("small.json"), 20, 1);
        model.open(large);
        model.open(small);
        until(() -> model.state().get().file().isPresent());
        assertThat(model.state().get().file()).contains(small);
        until(() -> window.isEmpty());
        assertThat(shown().slices()).isEqualTo(20);
    }
}
