package dev.lathe.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.VariantsFixture;
import dev.lathe.app.layers.LayerRow;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.SweepState;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.values.ValuesView;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The panes that measure, as a user goes through them in the real window, with services that are quick and tame.
@ExtendWith(ApplicationExtension.class)
class MeasuringInTheWindowTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private static Path folder;

    private final EncoderFixture encoder = new EncoderFixture();
    private final FakeServices services = new FakeServices();
    private LatheWindow window;

    @Start
    void start(Stage stage) {
        window = Wiring.window(folder, new Jobs(), services.services());
        stage.setScene(window.scene());
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(980);
        stage.setHeight(900);
        stage.show();
        window.begin();
    }

    @BeforeEach
    void variantsAreMeasured(FxRobot robot) throws Exception {
        await(() -> project().device().isPresent());
        robot.interact(() -> VariantsFixture.tell(window.workbench().store(), encoder));
        await(() -> robot.lookup(".outline-amount").tryQuery().isPresent());
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    @Test
    void theDeviceIsMeasuredFromTheRooflineCancelledAndMeasuredAgain(FxRobot robot) throws Exception {
        robot.clickOn("#tab-roofline");
        awaitSeen(robot, "#measure-device");
        robot.clickOn("#measure-device");
        awaitSeen(robot, "#measure-cancel");
        robot.clickOn("#measure-cancel");
        awaitSeen(robot, "#measure-device");
        assertThat(project().shownCeilings()).isEmpty();
        services.roofs.measured.countDown();
        robot.clickOn("#measure-device");
        await(() -> project().shownCeilings().isPresent());
        await(() -> !seen(robot, "#measure-device"));
        assertThat(services.roofs.kept).isPresent();
        await(() -> robot.lookup("most that this device gave").tryQuery().isPresent());
    }

    @Test
    void arrowKeysGoFromDotToDotAndSelectTheLayerEverywhere(FxRobot robot) throws Exception {
        robot.clickOn("#tab-roofline");
        awaitSeen(robot, "#roofline-chart");
        robot.clickOn("#roofline-chart");
        robot.push(KeyCode.RIGHT);
        await(() -> project().selection() instanceof Selection.OfNode);
        Selection first = project().selection();
        robot.push(KeyCode.RIGHT);
        await(() -> !project().selection().equals(first));
    }

    @Test
    void kernelsAreGoneThroughInTheTimelineAndAStretchOfItIsSummedUp(FxRobot robot) throws Exception {
        robot.clickOn("#tab-timeline");
        awaitSeen(robot, "#timeline-chart");
        Label told = robot.lookup("#timeline-told").queryAs(Label.class);
        assertThat(told.getText()).contains("wheel: zoom");
        robot.clickOn("#timeline-chart");
        robot.push(KeyCode.RIGHT);
        await(() -> project().selection() instanceof Selection.OfNode);
        Selection first = project().selection();
        robot.push(KeyCode.RIGHT).push(KeyCode.ENTER);
        await(() -> !project().selection().equals(first));
        assertThat(told.getText()).contains("layer ").doesNotContain("wheel: zoom");
        robot.clickOn("#timeline-fit");
        Node canvas = robot.lookup("#timeline-chart").query();
        Bounds chart = canvas.localToScreen(canvas.getBoundsInLocal());
        robot.drag(new Point2D(chart.getCenterX(), chart.getMinY() + 8))
                .moveBy(150, 0)
                .drop();
        await(() -> told.getText().contains(" kernels, "));
    }

    @Test
    void aSweepIsStartedPausedGoesOnAndIsSaved(FxRobot robot) throws Exception {
        robot.clickOn("#tab-sweep");
        awaitSeen(robot, "#sweep-start");
        assertThat(seen(robot, "#sweep-pause")).isFalse();
        write(robot, "#sweep-values", "1,x");
        assertThat(robot.lookup("#sweep-start").queryButton().isDisabled()).isTrue();
        write(robot, "#sweep-values", "1,2,3");
        // Runs of 20 ms: six seconds are left for the click on Pause after the first point.
        write(robot, "#sweep-runs", "150");
        robot.clickOn("#sweep-start");
        await(() -> project().shownSweep().filter(s -> !s.results().isEmpty()).isPresent());
        robot.clickOn("#sweep-pause");
        awaitSeen(robot, "#sweep-resume");
        int before = project().shownSweep().orElseThrow().results().size();
        assertThat(before).isLessThan(3);
        robot.clickOn("#sweep-resume");
        await(() -> project()
                .shownSweep()
                .filter(s -> s.phase() == SweepState.Phase.ENDED && s.results().size() == 3)
                .isPresent());
        assertThat(project().shownSweep().orElseThrow().best()).isPresent();
        awaitSeen(robot, "#sweep-start");
        assertThat(seen(robot, "#sweep-start")).isTrue();
    }

    @Test
    void twoRunsAreComparedAndAPickedLayerIsSelected(FxRobot robot) throws Exception {
        robot.interact(() -> window.workbench()
                .store()
                .dispatch(new Action.MeasurementArrived(
                        new Attempt(7), VariantId.SOURCE, encoder.analysis().model(), encoder.run(1.5))));
        variantsAreMade();
        robot.clickOn("#tab-compare");
        robot.clickOn("#compare-runs");
        awaitSeen(robot, "#runs-table");
        TableView<?> table = robot.lookup("#runs-table").query();
        await(() -> !table.getItems().isEmpty());
        robot.interact(() -> table.getSelectionModel().select(0));
        await(() -> project().selection() instanceof Selection.OfNode);
        robot.clickOn("#compare-variants");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#compare-variants")
                        .queryAs(javafx.scene.control.ToggleButton.class)
                        .isSelected())
                .isTrue();
        awaitSeen(robot, "#compare-table");
    }

    @Test
    void whatATensorHeldIsShownSlicedAndSavedAndTheTensorsOfTwoVariantsAreCompared(FxRobot robot) throws Exception {
        robot.interact(() -> window.workbench()
                .store()
                .dispatch(new Action.Select(Selection.node(encoder.node("/encoder/layer.2/intermediate/dense/MatMul")
                        .id()))));
        robot.clickOn("#tab-values");
        awaitSeen(robot, "#values-look");
        robot.clickOn("#values-look");
        awaitSeen(robot, "#slice-table");
        TableView<?> table = robot.lookup("#slice-table").query();
        await(() -> table.getItems().size() == 16);
        awaitSeen(robot, "#slice-axis-0");
        ValuesView view = robot.lookup(".values-view").query();
        java.nio.file.Path file = folder.resolve("t.npy");
        robot.interact(() -> {
            try {
                view.save(file);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(file).hasSize(128 + 4L * 2 * 3 * 16 * 16);
        variantsAreMade();
        robot.clickOn("#values-per-variants");
        awaitSeen(robot, "#values-compare");
        robot.clickOn("#values-compare");
        awaitSeen(robot, "#apart-table");
        TableView<?> apart = robot.lookup("#apart-table").query();
        await(() -> apart.getItems().size() > 10);
    }

    @Test
    void whatMakesThePeakIsToldAndPickedInTheMemoryTab(FxRobot robot) throws Exception {
        robot.clickOn("#tab-memory");
        awaitSeen(robot, "#memory-chart");
        robot.clickOn("#memory-process");
        robot.clickOn("#memory-tensors");
        assertThat(robot.lookup("predicted peak").tryQuery()).isPresent();
    }

    @Test
    void theGraphAsItRunsIsShownAndLinkedWithTheModelsOwnBothWays(FxRobot robot) throws Exception {
        assertThat(seen(robot, "#graph-runtime")).isFalse();
        Model runtime = GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n"
                + "graph g (x: float32[4]) -> (y: float32[4]) {\n  a = Exp(x) as fused\n  y = Relu(a) as tail\n}\n");
        NodeId fused = runtime.graph().nodes().getFirst().id();
        NodeId tail = runtime.graph().nodes().getLast().id();
        List<NodeId> layers = encoder.graph().nodes().stream()
                .map(dev.lathe.graph.Node::id)
                .limit(3)
                .toList();
        ProfileRun run = encoder.run(1);
        robot.interact(() -> tell(new Action.MeasurementArrived(
                new Attempt(8),
                VariantId.SOURCE,
                encoder.analysis().model(),
                run.withRuntime(new RuntimeGraph(
                        Analysis.of(runtime, DimBindings.NONE, JobContext.quiet()),
                        Map.of(fused, run.layers().get(layers.getFirst())),
                        Map.of(
                                fused, Map.of(layers.get(0), 0.8, layers.get(1), 0.2),
                                tail, Map.of(layers.get(2), 1.0)),
                        Optional.empty())))));
        awaitSeen(robot, "#graph-runtime");
        robot.clickOn("#graph-runtime");
        await(() -> shownGraph() == runtime);
        robot.interact(() -> window.graph().select(Selection.node(fused)));
        await(() -> project().selection().equals(Selection.node(layers.get(0))));
        robot.interact(() -> tell(new Action.Select(Selection.node(layers.get(2)))));
        await(() -> window.graph().selectionProperty().get().equals(Selection.node(tail)));
        robot.interact(() -> tell(new Action.Select(Selection.node(layers.get(1)))));
        await(() -> window.graph().selectionProperty().get().equals(Selection.node(fused)));
        assertThat(project().selection())
                .as("the layer that was picked, not the kernel's largest")
                .isEqualTo(Selection.node(layers.get(1)));
        // The table lists the kernels of the graph that is shown, and is linked with the layers both ways.
        robot.clickOn("#tab-layers");
        TableView<LayerRow> table = robot.lookup(".layers-table").query();
        await(() -> table.getItems().size() == 2);
        assertThat(table.getItems()).extracting(r -> r.head().orElseThrow()).containsExactlyInAnyOrder(fused, tail);
        await(() -> selectedRow(table).equals(Optional.of(fused)));
        await(() -> robot.lookup("the graph as it runs: 2 rows").tryQuery().isPresent()
                || robot.lookup((Node n) -> n instanceof Label l
                                && String.valueOf(l.getText()).startsWith("the graph as it runs: 2 rows"))
                        .tryQuery()
                        .isPresent());
        robot.interact(() -> table.getSelectionModel()
                .select(table.getItems().stream()
                        .filter(r -> r.head().equals(Optional.of(tail)))
                        .findFirst()
                        .orElseThrow()));
        await(() -> project().selection().equals(Selection.node(layers.get(2))));
        await(() -> window.graph().selectionProperty().get().equals(Selection.node(tail)));
        robot.interact(() -> tell(new Action.Select(Selection.node(layers.get(1)))));
        await(() -> selectedRow(table).equals(Optional.of(fused)));
        robot.clickOn("#graph-source");
        await(() -> table.getItems().size() > 2);
        await(() -> shownGraph() == encoder.analysis().model());
        await(() -> window.graph().selectionProperty().get().equals(Selection.node(layers.get(1))));
        robot.push(KeyCode.G);
        await(() -> shownGraph() == runtime);
    }

    private static Optional<NodeId> selectedRow(TableView<LayerRow> table) {
        return Optional.ofNullable(table.getSelectionModel().getSelectedItem()).flatMap(LayerRow::head);
    }

    private Model shownGraph() {
        return window.graph()
                .sceneProperty()
                .get()
                .map(s -> s.analysis().model())
                .orElse(encoder.analysis().model());
    }

    private void tell(Action action) {
        window.workbench().store().dispatch(action);
    }

    private void variantsAreMade() throws TimeoutException {
        services.recipe.countDown();
        await(() -> project().variants().stream().allMatch(v -> v.ready().isPresent()));
    }

    private Project project() {
        return window.workbench().store().state();
    }

    private static void write(FxRobot robot, String field, String text) {
        robot.interact(() -> robot.lookup(field).queryTextInputControl().setText(text));
    }

    /// One that does not come is told with all that it stands in.
    private static void awaitSeen(FxRobot robot, String query) throws TimeoutException {
        try {
            await(() -> seen(robot, query));
        } catch (TimeoutException e) {
            StringBuilder chain = new StringBuilder(query);
            for (Node n = robot.lookup(query).tryQuery().orElse(null); n != null; n = n.getParent()) {
                chain.append("\n in ").append(n).append(n.isVisible() ? "" : " hidden");
            }
            throw new AssertionError(chain.toString(), e);
        }
    }

    private static boolean seen(FxRobot robot, String query) {
        return robot.lookup((Node n) -> ("#" + n.getId()).equals(query) && shown(n))
                .tryQuery()
                .isPresent();
    }

    private static boolean shown(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
