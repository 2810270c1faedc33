package dev.lathe.app.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.SweepState;
import dev.lathe.app.project.VariantId;
import dev.lathe.profile.sweep.SweepAxes;
import dev.lathe.profile.sweep.SweepLines;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepViewModelTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private final Store store = new Store(Runnable::run);
    private final List<String> asked = new ArrayList<>();
    private final SweepViewModel model = new SweepViewModel(new SweepViewModel.Owner() {
        @Override
        public void start(SweepAxes axes, int runs, Optional<Long> limit) {
            asked.add("start " + axes.sizes() + " " + axes.threads() + " " + axes.streams() + " " + runs + " " + limit);
        }

        @Override
        public void pause() {
            asked.add("pause");
        }

        @Override
        public void resume() {
            asked.add("resume");
        }

        @Override
        public void cancel() {
            asked.add("cancel");
        }

        @Override
        public void limit(Optional<Long> bytes) {
            store.dispatch(new Action.LimitSweep(VariantId.SOURCE, bytes));
        }
    });

    @BeforeEach
    void aModelIsOpen() {
        store.listen(p -> model.show(p, new LinkedHashSet<>(List.of("batch", "sequence"))));
        Path file = Path.of("encoder.onnx");
        store.dispatch(new Action.ChooseDevice(EncoderFixture.cpu(), 2));
        store.dispatch(new Action.OpenModel(Attempt.NONE, file));
        store.dispatch(new Action.ModelOpened(Attempt.NONE, file, encoder.analysis(), Set.of(), 42));
    }

    private SweepAxis axis(String name) {
        return model.state().get().axes().stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private SweepState begun(String batches, String threads) {
        model.first().set(Optional.of(axis("batch")));
        SweepAxes axes = new SweepAxes(
                java.util.Map.of("batch", dev.lathe.profile.sweep.SweepValues.parse(batches)),
                dev.lathe.profile.sweep.SweepValues.parse(threads).stream()
                        .map(Long::intValue)
                        .toList());
        SweepState s = new SweepState(
                new Attempt(1),
                encoder.analysis().model(),
                axes,
                EncoderFixture.plan(),
                axes.points(encoder.analysis().dims(), 2, 1),
                List.of(),
                Optional.empty(),
                SweepState.Phase.RUNNING);
        store.dispatch(new Action.StartSweep(VariantId.SOURCE, s));
        return s;
    }

    private void measured(SweepPoint point, double ms, long mebibytes) {
        store.dispatch(new Action.SweepPointArrived(
                VariantId.SOURCE,
                new Attempt(1),
                new SweepResult.Measured(
                        point,
                        20,
                        Duration.ofNanos((long) (ms * 1e6)),
                        Duration.ofNanos((long) (ms * 1.2e6)),
                        1000 / ms,
                        mebibytes << 20)));
    }

    @Test
    void whatTheModelLeavesOpenAndThreadsCanBeVariedAndValuesAreSuggested() {
        assertThat(model.state().get().axes())
                .extracting(SweepAxis::name)
                .containsExactly("batch", "sequence", "threads", "streams");
        assertThat(model.first().get()).contains(axis("batch"));
        assertThat(model.firstValues().get()).isEqualTo("1..16*2");
        model.first().set(Optional.of(axis("sequence")));
        assertThat(model.firstValues().get()).isEqualTo("32..256*2");
        model.first().set(Optional.of(axis("threads")));
        assertThat(model.firstValues().get()).isEqualTo("1..2");
        assertThat(model.problem().get()).isEmpty();
        assertThat(model.planned()).isEqualTo(2);
    }

    @Test
    void twoAxesMakeEveryCombination() {
        model.second().set(Optional.of(axis("threads")));
        model.secondValues().set("1,2");
        model.firstValues().set("1,4");
        model.runs().set("7");
        model.limit().set("2GiB");
        assertThat(model.planned()).isEqualTo(4);
        model.start();
        assertThat(asked).containsExactly("start {batch=[1, 4]} [1, 2] [] 7 Optional[2147483648]");
    }

    @Test
    void runsInFlightAreVariedLikeThreads() {
        model.first().set(Optional.of(axis("streams")));
        assertThat(model.firstValues().get()).isEqualTo("1..4*2");
        assertThat(model.planned()).isEqualTo(3);
        model.start();
        assertThat(asked).containsExactly("start {} [] [1, 2, 4] 20 Optional.empty");
        model.firstValues().set("1,1000");
        assertThat(model.problem().get()).contains("At most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "8..1", "x", "1..4*1"})
    void whatCannotBeMeasuredIsSaidAndNotStarted(String values) {
        model.firstValues().set(values);
        assertThat(model.problem().get()).isNotEmpty();
        model.start();
        assertThat(asked).isEmpty();
        model.firstValues().set("1,2");
        assertThat(model.problem().get()).isEmpty();
        model.limit().set("much");
        assertThat(model.problem().get()).contains("much");
    }

    @Test
    void pointsComeOneAfterTheOtherAndTheBestWithinTheLimitIsMarked() {
        SweepState s = begun("1,2,4", "2");
        assertThat(model.state().get().rows())
                .extracting(SweepRow::remark)
                .containsExactly("measuring …", "not yet measured", "not yet measured");
        measured(s.points().get(0), 10, 100);
        measured(s.points().get(1), 12, 150);
        measured(s.points().get(2), 18, 260);
        assertThat(model.state().get().best().orElseThrow().value("batch")).isEqualTo(4);
        model.limit().set("200MiB");
        assertThat(model.state().get().best().orElseThrow().value("batch")).isEqualTo(2);
        List<SweepCurve> curves = SweepCurves.of(model.state().get());
        assertThat(curves)
                .extracting(SweepCurve::title)
                .containsExactly("Latency, ms", "Throughput, items/s", "Peak memory, MiB");
        assertThat(curves.get(2).limit()).hasValue(200);
        assertThat(curves.get(1).lines().getFirst().points().getLast())
                .isEqualTo(new SweepCurve.Point(4, 4 * 1e9 / 18e6));
    }

    @Test
    void aPausedSweepTakesNoMorePointsAndOneThatFailedIsTold() {
        SweepState s = begun("1,2", "2");
        store.dispatch(new Action.SweepPointArrived(
                VariantId.SOURCE,
                new Attempt(1),
                new SweepResult.Failed(s.points().getFirst(), "no memory")));
        store.dispatch(new Action.SweepEnded(VariantId.SOURCE, new Attempt(1), SweepState.Phase.PAUSED));
        measured(s.points().get(1), 5, 50);
        SweepShown shown = model.state().get();
        assertThat(shown.phase()).contains(SweepState.Phase.PAUSED);
        assertThat(shown.rows())
                .extracting(SweepRow::remark)
                .containsExactly("did not run: no memory", "not yet measured");
        store.dispatch(new Action.SweepEnded(VariantId.SOURCE, new Attempt(1), SweepState.Phase.ENDED));
        assertThat(model.state().get().phase()).contains(SweepState.Phase.ENDED);
    }

    @Test
    void asTextItIsWhatTheCommandLineReads(@TempDir Path folder) throws Exception {
        SweepState s = begun("1,2", "1,2");
        measured(s.points().get(0), 10, 100);
        SweepState now = store.state().shownSweep().orElseThrow();
        Path file = Files.writeString(folder.resolve("m.onnx"), "x");
        List<String> lines = SweepText.lines(now, file).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).isEqualTo(SweepLines.head(file, now.plan()));
        assertThat(SweepLines.result(lines.getLast()).map(SweepResult.class::cast))
                .contains(now.results().getFirst());
        assertThat(SweepText.csv(now).lines())
                .containsExactly(
                        "batch,threads,streams,runs,p50_ms,p90_ms,runs_per_second,items_per_second,peak_memory_bytes,failed",
                        "1,1,1,20,10.000000,12.000000,100.000,100.000,104857600,");
    }

    @Test
    void severalSeriesHaveACurveEach() {
        SweepState s = begun("1,2", "1,2");
        for (SweepPoint p : s.points()) {
            measured(p, 10.0 / p.threads(), 100);
        }
        assertThat(SweepCurves.of(model.state().get()).getFirst().lines())
                .extracting(SweepCurve.Line::name)
                .containsExactly("threads 1, p50", "threads 1, p90", "threads 2, p50", "threads 2, p90");
    }
}
