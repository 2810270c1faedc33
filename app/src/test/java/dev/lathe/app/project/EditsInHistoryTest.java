package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.text.GraphText;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A variant that is edited in place: what the history and the project know of its models.
class EditsInHistoryTest {
    private static final VariantId EDITED = new VariantId(1);

    @TempDir
    private Path folder;

    private final Store store = new Store(Runnable::run);
    private Model model;
    private Node layer;
    private String rename;
    private String again;

    @BeforeEach
    void anEditedVariantIsShown() throws Exception {
        model = TinyModel.model(folder);
        layer = model.graph().nodes().stream()
                .filter(n -> n.op().equals("Conv"))
                .findFirst()
                .orElseThrow();
        rename = "rename node " + GraphText.name(layer.shownName()) + " to stem";
        again = "rename node stem to first";
        store.dispatch(new Action.OpenModel(Attempt.NONE, folder.resolve("mnist-cnn.onnx")));
        store.dispatch(
                new Action.ModelOpened(Attempt.NONE, folder.resolve("mnist-cnn.onnx"), analysis(model), Set.of(), 5));
        store.dispatch(new Action.AddVariant(
                EDITED, VariantId.SOURCE, "Edited", Recipe.EMPTY.then(EditedRecipe.step(rename))));
        ready(rename);
        store.dispatch(new Action.SelectVariant(EDITED));
    }

    private static Analysis analysis(Model of) {
        return Analysis.of(of, DimBindings.NONE, JobContext.quiet());
    }

    private Model ready(String... statements) throws Exception {
        Model made = Edits.apply(model, EditScript.parse(String.join("\n", statements)), JobContext.quiet());
        store.dispatch(new Action.VariantReady(
                EDITED,
                Attempt.NONE,
                new VariantState.Ready(made, analysis(made), folder.resolve("made.onnx"), 5, List.of())));
        return made;
    }

    private Variant edited() {
        return store.state().variant(EDITED).orElseThrow();
    }

    private void change() {
        store.dispatch(new Action.ChangeRecipe(
                EDITED, EditedRecipe.with(edited().recipe(), again).orElseThrow()));
    }

    private ProfileRun measure() {
        ProfileRun run = TinyModel.run(
                model,
                new ProfilePlan(
                        new RunTarget("onnxruntime", TinyModel.CPU, 1),
                        SessionConfig.Level.EXTENDED,
                        1,
                        30,
                        1,
                        DimBindings.NONE,
                        2),
                30);
        store.dispatch(new Action.MeasurementArrived(
                new Attempt(1), EDITED, edited().model().orElseThrow(), run));
        return run;
    }

    @Test
    void anEditOfAnEditedVariantGoesIntoItsLastStep() {
        change();
        assertThat(edited().recipe().steps()).hasSize(1);
        assertThat(EditedRecipe.script(edited().recipe())).contains(rename + "\n" + again);
        assertThat(edited().state()).isInstanceOf(VariantState.Preparing.class);
    }

    @Test
    void anEditBehindAnotherPassIsAStepOfItsOwn() {
        Recipe simplified = Recipe.EMPTY.then(new Recipe.Step("simplify", java.util.Map.of()));
        assertThat(EditedRecipe.with(simplified, rename)).isEmpty();
        assertThat(EditedRecipe.added(simplified, simplified.then(EditedRecipe.step(rename))))
                .contains(rename);
    }

    @Test
    void whatWasMeasuredBeforeAnEditIsNotOfTheEditedModelAndComesBackWithUndoAndRedo() throws Exception {
        ProfileRun first = measure();
        Model before = edited().model().orElseThrow();
        change();
        assertThat(edited().run()).isEmpty();
        Model after = ready(rename, again);
        assertThat(edited().run()).isEmpty();
        ProfileRun second = measure();
        store.undo();
        assertThat(edited().model()).containsSame(before);
        assertThat(edited().run()).containsSame(first);
        store.redo();
        assertThat(edited().model()).containsSame(after);
        assertThat(edited().run()).containsSame(second);
    }

    @Test
    void whatWasFoundOutAboutTheOldModelIsNotSaidOfTheNewOne() throws Exception {
        Model before = edited().model().orElseThrow();
        change();
        ready(rename, again);
        store.dispatch(
                new Action.OutputsCompared(EDITED, before, List.of(new OutputDifference("y", 0.5, 3, 0.4, 10, 0))));
        assertThat(edited().differences()).isEmpty();
    }

    @Test
    void theRunOfTheOldModelIsNotShownAsThatOfTheNewOne() {
        store.dispatch(new Action.StartRun(new Attempt(4), EDITED));
        store.dispatch(new Action.SampleArrived(new Attempt(4), TinyModel.sample(model, 1)));
        change();
        store.dispatch(new Action.SampleArrived(new Attempt(4), TinyModel.sample(model, 2)));
        assertThat(store.state().shownLive().latest()).isEmpty();
    }

    @Test
    void aSelectedLayerIsFollowedThroughItsNewNames() throws Exception {
        store.dispatch(new Action.Select(Selection.node(layer.id())));
        change();
        ready(rename, again);
        assertThat(store.state().selection().asNode()).contains(layer.id());
        store.undo();
        store.dispatch(new Action.SelectVariant(VariantId.SOURCE));
        assertThat(store.state().selection().asNode()).contains(layer.id());
    }

    @Test
    void aSelectedTensorIsFollowedToItsNewName() throws Exception {
        Selection tensor = Selection.value(layer.output(0));
        store.dispatch(new Action.Select(tensor));
        String name = GraphText.name(model.graph().nameOf(layer.output(0)));
        store.dispatch(new Action.ChangeRecipe(
                EDITED,
                EditedRecipe.with(edited().recipe(), "rename tensor " + name + " to features")
                        .orElseThrow()));
        Model made = ready(rename, "rename tensor " + name + " to features");
        assertThat(store.state().selection()).isEqualTo(tensor);
        assertThat(made.graph().nameOf(layer.output(0))).isEqualTo("features");
    }

    @Test
    void undoOfAnEditThatIsBeingMadeBringsTheModelBackAndRedoMakesItAnew() {
        store.dispatch(new Action.Select(Selection.node(layer.id())));
        Model before = edited().model().orElseThrow();
        change();
        store.dispatch(new Action.MakingBegun(EDITED, new Attempt(8)));
        store.undo();
        assertThat(edited().model()).containsSame(before);
        assertThat(store.state().selection().asNode()).contains(layer.id());
        store.redo();
        assertThat(edited().state()).isEqualTo(new VariantState.Preparing(Attempt.NONE, Optional.of(before)));
        assertThat(store.state().selection().asNode()).contains(layer.id());
    }

    @Test
    void aSplitOfTheOldModelIsGoneAndUndoBringsItBack() {
        SplitState split =
                new SplitState(List.of(TinyModel.CPU), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
        store.dispatch(new Action.SetSplit(split, false));
        change();
        assertThat(store.state().split()).isEqualTo(SplitState.NONE);
        store.undo();
        assertThat(store.state().split()).isEqualTo(split);
    }

    @Test
    void undoOfAnEditShowsTheVariantThatItChanged() {
        change();
        store.dispatch(new Action.SelectVariant(VariantId.SOURCE));
        store.undo();
        assertThat(store.state().selected()).isEqualTo(EDITED);
    }

    @Test
    void undoAndRedoSayWhichStatementTheyTakeBack() {
        assertThat(StepWords.undo(store)).contains(rename);
        change();
        assertThat(StepWords.undo(store)).contains(again);
        store.undo();
        assertThat(StepWords.redo(store)).contains(again);
        store.dispatch(new Action.RenameVariant(EDITED, "mine"));
        assertThat(StepWords.undo(store)).isEmpty();
    }

    @Test
    void theSourceHasNoRecipeToChange() {
        Project before = store.state();
        store.dispatch(new Action.ChangeRecipe(VariantId.SOURCE, Recipe.EMPTY.then(EditedRecipe.step(rename))));
        assertThat(store.state()).isSameAs(before);
    }
}
