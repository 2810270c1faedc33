package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import dev.lathe.optimize.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cuts of a model into stages are steps of its history, a knob that is held one step.
class SplitHistoryTest {
    private static final VariantId SMALL = new VariantId(1);

    @TempDir
    private Path folder;

    private final Store store = new Store(Runnable::run);

    @BeforeEach
    void open() throws Exception {
        Analysis analysis = Analysis.of(TinyModel.model(folder), DimBindings.NONE, JobContext.quiet());
        Path file = folder.resolve("mnist-cnn.onnx");
        store.dispatch(new Action.OpenModel(Attempt.NONE, file));
        store.dispatch(new Action.ModelOpened(Attempt.NONE, file, analysis, Set.of(), 5));
    }

    private void addVariant() {
        store.dispatch(new Action.AddVariant(SMALL, VariantId.SOURCE, "small", Recipe.EMPTY));
    }

    private static SplitState cutAt(int border) {
        Placement placement =
                new Placement(List.of(new Stage(0, TinyModel.CPU, Set.of()), new Stage(1, TinyModel.CPU, Set.of())));
        return new SplitState(
                List.of(TinyModel.CPU, TinyModel.CPU),
                List.of(border),
                Optional.of(placement),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aMoveOfABorderIsOneStepHoweverLongTheKnobIsHeld() {
        store.dispatch(new Action.SetSplit(cutAt(1), false));
        store.dispatch(new Action.SetSplit(cutAt(2), false));
        store.dispatch(new Action.SetSplit(cutAt(3), true));
        store.dispatch(new Action.SetSplit(cutAt(4), true));
        assertThat(store.beforeLastStep().orElseThrow().split()).isEqualTo(cutAt(1));
        store.undo();
        assertThat(store.state().split()).isEqualTo(cutAt(1));
        store.redo();
        assertThat(store.state().split()).isEqualTo(cutAt(4));
    }

    @Test
    void undoWhileTheKnobIsHeldLosesNoStep() {
        store.dispatch(new Action.SetSplit(cutAt(1), false));
        store.dispatch(new Action.SetSplit(cutAt(2), false));
        store.dispatch(new Action.SetSplit(cutAt(3), true));
        store.undo();
        store.dispatch(new Action.SetSplit(cutAt(9), true));
        assertThat(store.canRedo()).isFalse();
        store.undo();
        assertThat(store.state().split()).isEqualTo(cutAt(1));
        store.redo();
        assertThat(store.state().split()).isEqualTo(cutAt(9));
    }

    @Test
    void aKnobThatIsHeldGoesOnWithNoStepOfAnotherKind() {
        addVariant();
        store.dispatch(new Action.SetSplit(cutAt(1), false));
        store.dispatch(new Action.RenameVariant(SMALL, "tiny"));
        store.dispatch(new Action.SetSplit(cutAt(2), true));
        store.undo();
        assertThat(store.state().split()).isEqualTo(cutAt(1));
        assertThat(store.state().variant(SMALL).orElseThrow().name()).isEqualTo("tiny");
    }

    @Test
    void everyVariantHasItsOwnSplitAndUndoShowsTheOneThatItChanged() {
        addVariant();
        store.dispatch(new Action.SetSplit(cutAt(1), false));
        store.dispatch(new Action.SelectVariant(SMALL));
        assertThat(store.state().split()).isEqualTo(SplitState.NONE);
        store.dispatch(new Action.SelectVariant(VariantId.SOURCE));
        assertThat(store.state().split()).isEqualTo(cutAt(1));
        store.dispatch(new Action.SelectVariant(SMALL));
        store.undo();
        assertThat(store.state().selected()).isEqualTo(VariantId.SOURCE);
        assertThat(store.state().split()).isEqualTo(SplitState.NONE);
    }

    @Test
    void aVariantWithoutASplitIsColouredByTheHeatThatWasChosenBefore() {
        addVariant();
        store.dispatch(new Action.SetColourBy(ColourBy.PARAMETERS));
        store.dispatch(new Action.SetSplit(cutAt(1), false));
        store.dispatch(new Action.SetColourBy(ColourBy.STAGE));
        assertThat(store.state().colourBy()).isEqualTo(ColourBy.STAGE);
        store.dispatch(new Action.SelectVariant(SMALL));
        assertThat(store.state().colourBy()).isEqualTo(ColourBy.PARAMETERS);
        store.dispatch(new Action.SelectVariant(VariantId.SOURCE));
        assertThat(store.state().colourBy()).isEqualTo(ColourBy.STAGE);
        store.undo();
        assertThat(store.state().colourBy()).isEqualTo(ColourBy.PARAMETERS);
    }
}
