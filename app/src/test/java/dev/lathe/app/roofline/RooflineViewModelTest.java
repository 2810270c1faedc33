package dev.lathe.app.roofline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.parts.FollowedJob;
import dev.lathe.app.project.FakeRoofs;
import dev.lathe.core.Job;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.ceiling.Ceilings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RooflineViewModelTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private final Jobs jobs = new Jobs();
    private final List<NodeId> picked = new ArrayList<>();
    private final FakeRoofs roofs = new FakeRoofs();
    private Optional<Job<Ceilings>> started = Optional.empty();
    // One thread, as the window has: on two, an older update could be written over a newer one.
    private final ExecutorService window = Executors.newSingleThreadExecutor();
    private final RooflineViewModel model =
            new RooflineViewModel(picked::add, this::begin, new FollowedJob(jobs, window));
    private final Ceilings ceilings = FakeRoofs.of(EncoderFixture.plan().target());

    private Optional<Job<Ceilings>> begin() {
        started = Optional.of(jobs.submit(
                Lane.DEVICE, "Measure", c -> roofs.measure(EncoderFixture.plan().target(), c)));
        return started;
    }

    @AfterEach
    void close() {
        jobs.close();
        window.shutdownNow();
    }

    private void show(LayerTimes times, Optional<Ceilings> known) {
        model.show(encoder.analysis(), ScopeTree.of(encoder.graph()), times, known);
    }

    private RooflineDot dot(String layer) {
        return model.state().get().dots().stream()
                .filter(d -> d.layer().contains(layer) && d.op().equals("MatMul"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(model.state().get().dots().toString()));
    }

    @Test
    void aLayerStandsAtItsWorkForEachByteAndAtTheRateThatItReached() {
        show(LayerTimes.of(encoder.run(1)), Optional.empty());
        RooflineDot dot = dot("layer.2.intermediate");
        double flops = 2.0 * EncoderFixture.SEQUENCE * 384 * 1536 + EncoderFixture.SEQUENCE * 1536;
        assertThat(dot.rate() * dot.time().toNanos() / 1e9).isCloseTo(flops, within(flops * 0.01));
        assertThat(dot.intensity()).isBetween(10.0, 80.0);
        assertThat(dot.ofCeiling()).isEmpty();
    }

    @Test
    void withCeilingsEachDotTellsHowNearItIs() {
        show(LayerTimes.of(encoder.run(1)), Optional.of(ceilings));
        RooflineDot dot = dot("layer.2.intermediate");
        double attainable = Math.min(100e9, dot.intensity() * 20e9);
        // Several nodes one after the other need at least what one node of all their work would.
        assertThat(dot.ofCeiling().orElseThrow())
                .isBetween(0.98 * dot.rate() / attainable, 1.5 * dot.rate() / attainable);
    }

    @Test
    void layersWithoutArithmeticHaveNoDotAndAreToldWithTheirShare() {
        show(LayerTimes.of(encoder.run(1)), Optional.of(ceilings));
        RooflineState s = model.state().get();
        assertThat(s.idle()).isPositive();
        double dots = s.dots().stream().mapToDouble(RooflineDot::share).sum();
        assertThat(dots + s.idleShare()).isCloseTo(1 - 1 / 51.0, within(0.01));
        assertThat(RooflineView.remark(s)).contains("no dot").contains("bfloat16 is not measurable");
    }

    @Test
    void beforeARunThereIsNothingToShow() {
        show(LayerTimes.NONE, Optional.of(ceilings));
        assertThat(model.state().get().hasModel()).isTrue();
        assertThat(model.state().get().measured()).isFalse();
        model.showNothing();
        assertThat(model.state().get()).isEqualTo(RooflineState.EMPTY);
    }

    @Test
    void aPickedDotSelectsItsLayerAndASelectionFromElsewhereFindsItsDot() {
        show(LayerTimes.of(encoder.run(1)), Optional.empty());
        RooflineDot dot = dot("layer.3.output");
        model.pick(dot);
        assertThat(picked).containsExactly(dot.head());
        model.showSelected(Optional.of(dot("layer.1.output").nodes().getLast()));
        assertThat(model.selectedDot().orElseThrow().layer()).contains("layer.1.output");
    }

    @Test
    void measuringTellsHowFarItIsAndCanBeCancelled() throws Exception {
        show(LayerTimes.of(encoder.run(1)), Optional.empty());
        model.measure();
        shownInTheWindow(Optional::isPresent);
        Job<Ceilings> first = started.orElseThrow();
        model.measure();
        assertThat(started.orElseThrow()).as("one at a time").isSameAs(first);
        model.cancel();
        assertThat(first.outcome().get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Cancelled.class);
        // A job has its outcome before its listeners hear of it.
        shownInTheWindow(Optional::isEmpty);
    }

    /// Returns once the window shows such a progress.
    private void shownInTheWindow(Predicate<Optional<Job.Progress>> expected) throws Exception {
        CompletableFuture<Optional<Job.Progress>> shown = new CompletableFuture<>();
        window.execute(() -> {
            Runnable look =
                    () -> Optional.of(model.measuring().get()).filter(expected).ifPresent(shown::complete);
            model.measuring().addListener((o, before, now) -> look.run());
            look.run();
        });
        shown.get(10, TimeUnit.SECONDS);
    }

    @Test
    void thePointerFindsTheDotBelowItAndTheAxesHaveRoomForAll() {
        show(LayerTimes.of(encoder.run(1)), Optional.of(ceilings));
        RooflineState s = model.state().get();
        RooflinePlot plot = RooflinePlot.of(s, 50, 10, 800, 200);
        for (RooflineDot d : s.dots()) {
            assertThat(plot.x(d.intensity())).isBetween(51.0, 849.0);
            assertThat(plot.y(d.rate())).isBetween(11.0, 209.0);
            RooflineDot found =
                    plot.at(plot.x(d.intensity()), plot.y(d.rate()), s).orElseThrow();
            // Layers of one kind lie on each other.
            assertThat(Math.abs(plot.x(found.intensity()) - plot.x(d.intensity())))
                    .isLessThan(12);
        }
        assertThat(plot.at(51, 11, s)).isEmpty();
        assertThat(plot.y(390e9)).as("the highest ceiling").isGreaterThan(10);
    }

    @Test
    void axesHavePowersOfTenOrWhereTheseAreFewTheirParts() {
        assertThat(RooflinePlot.ticks(0.5, 30)).containsExactly(0.5, 1.0, 2.0, 5.0, 10.0, 20.0);
        assertThat(RooflinePlot.ticks(0.5, 30_000)).containsExactly(1.0, 10.0, 100.0, 1000.0, 10_000.0);
        assertThat(RooflineCanvas.tick(0.05)).isEqualTo("0.05");
        assertThat(RooflineCanvas.tick(1000)).isEqualTo("1\u2009000");
    }
}
