package dev.lathe.app.panes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.graph.ScopeTrees;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.VariantId;
import dev.lathe.core.Jobs;
import dev.lathe.graph.NodeId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaneFeedTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private final Jobs jobs = new Jobs();
    private final BlockingQueue<Runnable> window = new LinkedBlockingQueue<>();
    private final Store store = new Store(Runnable::run);
    private final PaneFeed feed =
            new PaneFeed(store, jobs, window::add, Runnable::run, new ScopeTrees(), java.util.Optional::empty);
    private final NodeId dense =
            encoder.node("/encoder/layer.2/intermediate/dense/MatMul").id();

    @BeforeEach
    void open() throws InterruptedException {
        store.dispatch(new Action.OpenModel(Attempt.NONE, Path.of("encoder.onnx")));
        store.dispatch(
                new Action.ModelOpened(Attempt.NONE, Path.of("encoder.onnx"), encoder.analysis(), Set.of("batch"), 42));
        Runnable treeArrived = window.poll(20, TimeUnit.SECONDS);
        assertThat(treeArrived).isNotNull();
        treeArrived.run();
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void anOpenedModelIsShownInEveryPane() {
        assertThat(feed.outline().state().get().hasModel()).isTrue();
        assertThat(feed.layers().state().get().rows()).isNotEmpty();
    }

    @Test
    void aSelectionInOnePaneIsTheSelectionInAll() {
        feed.layers().pick(dense);
        assertThat(store.state().selection()).isEqualTo(Selection.node(dense));
        assertThat(feed.outline().selectedPath().get()).isPresent();
        feed.outline().pick(feed.outline().state().get().rows().get(1));
        assertThat(store.state().selection()).isInstanceOf(Selection.OfScope.class);
    }

    @Test
    void layersLightUpWhileTheModelRunsAndStayWhenItEnds() {
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        assertThat(feed.live().running()).isTrue();
        store.dispatch(new Action.SampleArrived(new Attempt(1), encoder.sample(1, encoder.layers(1))));
        assertThat(feed.layers().state().get().times().running()).isTrue();
        assertThat(feed.layers().state().get().sums().outside()).contains(java.time.Duration.ZERO);
        assertThat(feed.live().state().empty()).isFalse();
        assertThat(store.state().colourBy()).isEqualTo(ColourBy.TIME);
        store.dispatch(new Action.MeasurementArrived(
                new Attempt(1), VariantId.SOURCE, encoder.analysis().model(), encoder.run(1)));
        store.dispatch(new Action.RunEnded(new Attempt(1), Optional.empty()));
        assertThat(feed.layers().state().get().times().running()).isFalse();
        assertThat(feed.layers().state().get().sums().outside()).isPresent();
        assertThat(feed.live().running()).isFalse();
    }

    @Test
    void aSecondRunKeepsTheOldNumbersUntilItHasNewOnes() {
        store.dispatch(new Action.MeasurementArrived(
                new Attempt(1), VariantId.SOURCE, encoder.analysis().model(), encoder.run(1)));
        var before = feed.layers().state().get().sums().time();
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        store.dispatch(new Action.SampleArrived(new Attempt(1), encoder.sample(0.2, java.util.Map.of())));
        assertThat(feed.layers().state().get().sums().time()).isEqualTo(before).isPresent();
    }

    @Test
    void closingTheModelEmptiesThePanes() {
        store.dispatch(new Action.CloseModel());
        assertThat(feed.outline().state().get().hasModel()).isFalse();
        assertThat(feed.layers().state().get().hasModel()).isFalse();
        assertThat(feed.live().state().empty()).isTrue();
    }

    private final EncoderFixture other = new EncoderFixture();

    private void runTheEncoder() {
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        store.dispatch(new Action.SampleArrived(new Attempt(1), encoder.sample(1, encoder.layers(1))));
    }

    private void openAnother() {
        store.dispatch(new Action.OpenModel(new Attempt(2), Path.of("other.onnx")));
        store.dispatch(
                new Action.ModelOpened(new Attempt(2), Path.of("other.onnx"), other.analysis(), Set.of("batch"), 42));
    }

    @Test
    void nothingOfAModelIsShownOnceAnotherOneIsOpen() throws InterruptedException {
        runTheEncoder();
        openAnother();
        assertThat(feed.live().state().empty()).isTrue();
        assertThat(feed.live().state().words()).isEmpty();
        // The tree is made beside the window's thread, and may be there already.
        if (feed.outline().state().get().rows().isEmpty()) {
            assertThat(feed.layers().state().get().rows()).isEmpty();
            feed.layers().pick(dense);
            assertThat(store.state().selection()).isEqualTo(Selection.NONE);
        }
        while (feed.outline().state().get().rows().isEmpty()) {
            Runnable arrived = window.poll(20, TimeUnit.SECONDS);
            assertThat(arrived).isNotNull();
            arrived.run();
        }
        assertThat(feed.outline().state().get().rows().getFirst().label()).isEqualTo("other");
        assertThat(feed.layers().state().get().rows()).isNotEmpty();
        feed.layers().pick(dense);
        assertThat(store.state().selection()).isEqualTo(Selection.node(dense));
    }

    @Test
    void liveSaysWhoseRunItShows() {
        runTheEncoder();
        assertThat(feed.live().state().words()).isEqualTo("encoder is running");
        VariantId small = new VariantId(7);
        store.dispatch(new Action.AddVariant(small, VariantId.SOURCE, "small", dev.lathe.optimize.Recipe.EMPTY));
        store.dispatch(new Action.SelectVariant(small));
        assertThat(feed.live().state().words()).isEqualTo("encoder is running; the panes show small");
        store.dispatch(new Action.StopRun());
        assertThat(feed.live().state().words()).startsWith("encoder is being stopped");
        store.dispatch(new Action.MeasurementArrived(
                new Attempt(1), VariantId.SOURCE, encoder.analysis().model(), encoder.run(1)));
        store.dispatch(new Action.RunEnded(new Attempt(1), Optional.empty()));
        store.dispatch(new Action.SelectVariant(VariantId.SOURCE));
        assertThat(feed.live().state().words())
                .isEqualTo("Last run: encoder, " + encoder.run(1).latency().runs() + " runs");
    }
}
