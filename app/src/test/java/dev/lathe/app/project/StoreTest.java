package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.Place;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Origin;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final VariantId SMALL = new VariantId(1);
    private static final VariantId SMALLER = new VariantId(2);

    @TempDir
    private Path folder;

    private final Store store = new Store(Runnable::run);
    private Model model;
    private Path file;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("mnist-cnn.onnx");
        model = TinyModel.model(folder);
        store.dispatch(new Action.OpenModel(Attempt.NONE, file));
        store.dispatch(opened(file));
    }

    @Test
    void anOpenedModelIsTheSourceAndIsShown() {
        assertThat(store.state().opening()).isEqualTo(new Opening.Opened(file));
        assertThat(store.state().shownModel()).contains(model);
        assertThat(store.state().source().orElseThrow().isSource()).isTrue();
    }

    @Test
    void aModelThatArrivesAfterAnotherWasAskedForIsNotShown() {
        Project before = store.state();
        store.dispatch(new Action.OpenModel(new Attempt(1), folder.resolve("other.onnx")));
        store.dispatch(opened(file));
        assertThat(store.state().opening())
                .isEqualTo(new Opening.Reading(new Attempt(1), folder.resolve("other.onnx")));
        assertThat(store.state().variants()).isEqualTo(before.variants());
    }

    @Test
    void aFileThatCannotBeOpenedLeavesWhatWasOpen() {
        Path bad = folder.resolve("bad.onnx");
        store.dispatch(new Action.OpenModel(Attempt.NONE, bad));
        store.dispatch(new Action.OpeningFailed(
                Attempt.NONE, bad, Diagnostic.error("empty", "The file is empty.", Place.file(bad))));
        assertThat(store.state().opening()).isInstanceOf(Opening.Failed.class);
        assertThat(store.state().shownModel()).contains(model);
    }

    @Test
    void undoTakesBackAVariantAndRedoBringsItAgain() {
        addVariants();
        store.undo();
        assertThat(store.state().variant(SMALLER)).isEmpty();
        assertThat(store.state().variant(SMALL)).isPresent();
        store.redo();
        assertThat(store.state().variant(SMALLER)).isPresent();
        assertThat(store.canRedo()).isFalse();
    }

    @Test
    void undoKeepsWhatWasMeasuredSince() {
        addVariants();
        ProfileRun run = TinyModel.run(model, plan(), 30);
        store.dispatch(new Action.MeasurementArrived(new Attempt(1), VariantId.SOURCE, model, run));
        store.undo();
        assertThat(store.state().shownRun()).contains(run);
        store.redo();
        assertThat(store.state().shownRun()).contains(run);
    }

    @Test
    void aMeasurementOfOtherSizesIsNotShownAndComesBackWithThem() {
        ProfileRun run = TinyModel.run(model, plan(), 30);
        store.dispatch(new Action.MeasurementArrived(new Attempt(1), VariantId.SOURCE, model, run));
        store.dispatch(new Action.SetDims(new DimBindings(Map.of("n", 8L))));
        assertThat(store.state().shownRun()).isEmpty();
        assertThat(store.state().source().flatMap(Variant::run)).contains(run);
        store.undo();
        assertThat(store.state().shownRun()).contains(run);
    }

    @Test
    void aMeasurementIsNoStepOfTheHistory() {
        store.dispatch(new Action.MeasurementArrived(
                new Attempt(1), VariantId.SOURCE, model, TinyModel.run(model, plan(), 30)));
        assertThat(store.canUndo()).isFalse();
    }

    @Test
    void removingAVariantRemovesAllBelowItAndShowsTheSource() {
        addVariants();
        store.dispatch(new Action.SelectVariant(SMALLER));
        store.dispatch(new Action.RemoveVariant(SMALL));
        assertThat(store.state().variants()).hasSize(1);
        assertThat(store.state().selected()).isEqualTo(VariantId.SOURCE);
    }

    @Test
    void theSourceCannotBeRemoved() {
        store.dispatch(new Action.RemoveVariant(VariantId.SOURCE));
        assertThat(store.state().source()).isPresent();
    }

    @Test
    void aSecondRunDoesNotStartWhileOneRuns() {
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        Project running = store.state();
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        assertThat(store.state()).isSameAs(running);
    }

    @Test
    void whatARunReportsAfterAnotherModelWasOpenedIsDropped() throws Exception {
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        Model next = Formats.open(file, JobContext.quiet());
        store.dispatch(new Action.OpenModel(Attempt.NONE, file));
        store.dispatch(new Action.ModelOpened(
                Attempt.NONE, file, Analysis.of(next, DimBindings.NONE, JobContext.quiet()), Set.of(), 10));
        store.dispatch(new Action.StartRun(new Attempt(2), VariantId.SOURCE));
        Project running = store.state();
        store.dispatch(new Action.SampleArrived(new Attempt(1), TinyModel.sample(model, 1)));
        store.dispatch(new Action.MeasurementArrived(
                new Attempt(1), VariantId.SOURCE, model, TinyModel.run(model, plan(), 30)));
        store.dispatch(new Action.RunEnded(new Attempt(1), Optional.empty()));
        assertThat(store.state()).isSameAs(running);
        store.dispatch(
                new Action.MeasurementArrived(new Attempt(2), VariantId.SOURCE, next, TinyModel.run(next, plan(), 30)));
        store.dispatch(new Action.RunEnded(new Attempt(2), Optional.empty()));
        assertThat(store.state().shownRun()).isPresent();
        assertThat(store.state().run().running()).isFalse();
    }

    @Test
    void theEndOfAnEarlierOpeningOfTheSameFileDoesNotEndTheLaterOne() {
        Attempt first = new Attempt(1);
        Attempt second = new Attempt(2);
        Diagnostic why = Diagnostic.error("empty", "The file is empty.", Place.file(file));
        store.dispatch(new Action.OpenModel(first, file));
        store.dispatch(new Action.OpenModel(second, file));
        store.dispatch(new Action.OpeningCancelled(first));
        store.dispatch(new Action.OpeningFailed(first, file, why));
        store.dispatch(new Action.ModelOpened(first, file, analysis(), Set.of(), 5));
        assertThat(store.state().opening()).isEqualTo(new Opening.Reading(second, file));
        store.dispatch(new Action.ModelOpened(second, file, analysis(), Set.of(), 5));
        assertThat(store.state().opening()).isEqualTo(new Opening.Opened(file));
    }

    @Test
    void anActionThatChangesNothingIsNotTold() {
        List<Action> told = new ArrayList<>();
        store.onAction(told::add);
        store.dispatch(new Action.StopRun());
        assertThat(told).isEmpty();
    }

    @Test
    void theFirstSampleOfTheFirstRunColoursByTime() {
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        store.dispatch(new Action.SampleArrived(new Attempt(1), TinyModel.sample(model, 1)));
        assertThat(store.state().colourBy()).isEqualTo(ColourBy.TIME);
        store.dispatch(new Action.SetColourBy(ColourBy.FLOPS));
        store.dispatch(new Action.SampleArrived(new Attempt(1), TinyModel.sample(model, 2)));
        assertThat(store.state().colourBy()).isEqualTo(ColourBy.FLOPS);
    }

    @Test
    void whatARunDoesWhileItIsStoppedIsNoSample() {
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        store.dispatch(new Action.SampleArrived(new Attempt(1), TinyModel.sample(model, 1)));
        store.dispatch(new Action.StopRun());
        store.dispatch(new Action.SampleArrived(new Attempt(1), TinyModel.sample(model, 2)));
        assertThat(store.state().live().count()).isEqualTo(1);
    }

    @Test
    void theNewestSampleIsKept() {
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        for (int i = 0; i < 10; i++) {
            store.dispatch(new Action.SampleArrived(new Attempt(1), TinyModel.sample(model, i)));
        }
        assertThat(store.state().live().count()).isEqualTo(10);
        assertThat(store.state().live().latest().orElseThrow().runsDone()).isEqualTo(9);
    }

    @Test
    void aSelectedLayerStaysSelectedInAVariantThatStillHasIt() {
        Node node = model.graph().nodes().getFirst();
        store.dispatch(new Action.Select(Selection.node(node.id())));
        addVariants();
        store.dispatch(new Action.VariantReady(
                SMALL, Attempt.NONE, new VariantState.Ready(model, analysis(), file, 10, List.of())));
        store.dispatch(new Action.SelectVariant(SMALL));
        assertThat(store.state().selection().asNode()).contains(node.id());
        store.dispatch(new Action.SelectVariant(SMALLER));
        assertThat(store.state().selection()).isEqualTo(Selection.NONE);
    }

    @Test
    void aVariantIsTitledByItsNameAndTheOriginalByItsFile() {
        addVariants();
        assertThat(store.state().shownTitle()).isEqualTo(new ModelTitle("mnist-cnn", file.toString()));
        store.dispatch(new Action.SelectVariant(SMALL));
        assertThat(store.state().shownTitle()).isEqualTo(new ModelTitle("small", "variant of mnist-cnn.onnx"));
    }

    @Test
    void aLayerThatBecameSeveralIsFollowedToTheOneThatDoesItsWork() {
        Node conv = model.graph().nodes().stream()
                .filter(n -> n.op().equals("Conv"))
                .findFirst()
                .orElseThrow();
        Editor editor = model.graph().edit();
        Node integer = new Node(
                editor.newNodeId(),
                "quantized",
                "",
                "ConvInteger",
                "",
                conv.inputs(),
                conv.outputs(),
                conv.attrs(),
                new Origin.Derived("quantize", List.of(conv.origin())),
                conv.extra());
        editor.addBefore(conv.id(), integer);
        editor.remove(conv.id());
        Model quantized = model.withGraph(editor.commit());
        Analysis its = Analysis.of(quantized, DimBindings.NONE, JobContext.quiet());
        addVariants();
        store.dispatch(new Action.VariantReady(
                SMALL, Attempt.NONE, new VariantState.Ready(quantized, its, file, 10, List.of())));
        store.dispatch(new Action.Select(Selection.node(conv.id())));
        store.dispatch(new Action.SelectVariant(SMALL));
        assertThat(store.state().selection().asNode()).contains(integer.id());
        store.dispatch(new Action.SelectVariant(VariantId.SOURCE));
        assertThat(store.state().selection().asNode()).contains(conv.id());
    }

    @Test
    void sizesThatTheUserSetAreNoLongerAssumed() {
        store.dispatch(new Action.OpenModel(Attempt.NONE, file));
        store.dispatch(new Action.ModelOpened(
                Attempt.NONE,
                file,
                Analysis.of(model, new DimBindings(Map.of("batch", 1L, "seq", 128L)), JobContext.quiet()),
                Set.of("batch", "seq"),
                5));
        store.dispatch(new Action.SetDims(new DimBindings(Map.of("batch", 8L, "seq", 128L))));
        assertThat(store.state().assumedDims()).containsExactly("seq");
    }

    @Test
    void listenersAreToldTheNewestStateWithAtMostOneRoundInFlight() {
        List<Runnable> waiting = new ArrayList<>();
        Executor later = waiting::add;
        Store slow = new Store(later);
        List<ColourBy> seen = new ArrayList<>();
        slow.listen(p -> seen.add(p.colourBy()));
        slow.dispatch(new Action.SetColourBy(ColourBy.TIME));
        slow.dispatch(new Action.SetColourBy(ColourBy.PARAMETERS));
        slow.dispatch(new Action.SetColourBy(ColourBy.DTYPE));
        assertThat(waiting).hasSize(1);
        waiting.removeFirst().run();
        assertThat(seen).containsExactly(ColourBy.DTYPE);
        slow.dispatch(new Action.SetColourBy(ColourBy.TIME));
        assertThat(waiting).hasSize(1);
    }

    @Test
    void anObserverHearsOnlyOfItsPart() {
        List<Selection> seen = new ArrayList<>();
        Store.Subscription subscription = store.observe(Project::selection, seen::add);
        store.dispatch(new Action.SetColourBy(ColourBy.PARAMETERS));
        assertThat(seen).containsExactly(Selection.NONE);
        store.dispatch(new Action.Select(Selection.scope("a")));
        subscription.end();
        store.dispatch(new Action.Select(Selection.scope("b")));
        assertThat(seen).containsExactly(Selection.NONE, Selection.scope("a"));
    }

    private void addVariants() {
        store.dispatch(new Action.AddVariant(SMALL, VariantId.SOURCE, "small", Recipe.EMPTY));
        store.dispatch(new Action.AddVariant(SMALLER, SMALL, "smaller", Recipe.EMPTY));
    }

    private Action.ModelOpened opened(Path of) {
        return new Action.ModelOpened(Attempt.NONE, of, analysis(), Set.of(), 5);
    }

    private Analysis analysis() {
        return Analysis.of(model, DimBindings.NONE, JobContext.quiet());
    }

    private static ProfilePlan plan() {
        return new ProfilePlan(
                new RunTarget("onnxruntime", TinyModel.CPU, 1),
                SessionConfig.Level.EXTENDED,
                1,
                30,
                1,
                DimBindings.NONE,
                2);
    }
}
