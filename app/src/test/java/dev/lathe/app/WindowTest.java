package dev.lathe.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.Action;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.Opening;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.RunState;
import dev.lathe.app.project.TinyModel;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.project.VariantState;
import dev.lathe.app.theme.Theme;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Jobs;
import dev.lathe.core.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
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

/// What a user does in the real window, on JavaFX's headless platform, with services that are quick and tame.
@ExtendWith(ApplicationExtension.class)
class WindowTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private static Path folder;

    private final FakeServices services = new FakeServices();
    private LatheWindow window;

    @Start
    void start(Stage stage) {
        window = Wiring.window(folder, new Jobs(), services.services());
        stage.setScene(window.scene());
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(980);
        stage.setHeight(700);
        stage.show();
        window.begin();
    }

    @BeforeEach
    void theMachineIsKnown() throws Exception {
        await(() -> project().device().isPresent());
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    @Test
    void exportAsksWhereTheWeightsGo(FxRobot robot) throws Exception {
        open(TinyModel.file(folder));
        robot.push(KeyCode.CONTROL, KeyCode.E);
        await(() -> robot.lookup("#export-weights").tryQuery().isPresent());
        ComboBox<?> weights = robot.lookup("#export-weights").queryComboBox();
        assertThat(String.valueOf(weights.getValue())).isEqualTo("Weights as they were");
        assertThat(weights.getItems()).hasSize(5).doesNotHaveDuplicates();
        robot.push(KeyCode.ESCAPE);
        await(() -> robot.lookup("#export-form").tryQuery().isEmpty());
    }

    @Test
    void whileAPopoverIsOpenOnlyItGetsKeysAndEscapeClosesIt(FxRobot robot) throws Exception {
        open(TinyModel.file(folder));
        robot.push(KeyCode.CONTROL, KeyCode.E);
        await(() -> robot.lookup("#export-form").tryQuery().isPresent());
        robot.push(KeyCode.CONTROL, KeyCode.D);
        robot.push(KeyCode.F5);
        for (int i = 0; i < 12; i++) {
            robot.push(KeyCode.TAB);
        }
        robot.push(KeyCode.DELETE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#optimize-form").tryQuery()).isEmpty();
        assertThat(project().run()).isEqualTo(RunState.IDLE);
        Node focused = robot.listWindows().getFirst().getScene().getFocusOwner();
        assertThat(robot.from(robot.lookup("#export-form").<Node>query())
                        .lookup((Node n) -> n == focused)
                        .tryQuery())
                .isPresent();
        robot.push(KeyCode.ESCAPE);
        await(() -> robot.lookup("#export-form").tryQuery().isEmpty());
        robot.push(KeyCode.CONTROL, KeyCode.D);
        await(() -> robot.lookup("#optimize-form").tryQuery().isPresent());
        robot.push(KeyCode.ESCAPE);
        await(() -> robot.lookup("#optimize-form").tryQuery().isEmpty());
    }

    @Test
    void aModelIsOpenedRunAndItsLayersAreMeasured(FxRobot robot) throws Exception {
        open(TinyModel.file(folder));
        robot.push(KeyCode.F5);
        await(() -> project().live().count() > 2);
        assertThat(text(robot, "#run-button")).isEqualTo("Stop");
        robot.push(KeyCode.F5);
        await(() -> project().shownRun().isPresent() && !project().run().running());
        assertThat(text(robot, "#run-button")).isEqualTo("Run");
        robot.clickOn("#tab-layers");
        assertThat(window.tabs().chosen().get().title()).isEqualTo("Layers");
        assertThat(project().colourBy()).isEqualTo(ColourBy.TIME);
    }

    @Test
    void whatIsTooLongEndsWithOneCharacterEverywhere(FxRobot robot) throws Exception {
        open(TinyModel.file(folder));
        robot.clickOn("#tab-layers");
        assertThat(robot.lookup(n -> n instanceof Labeled).<Labeled>queryAll())
                .isNotEmpty()
                .allSatisfy(
                        l -> assertThat(l.getEllipsisString()).as(l.toString()).isEqualTo("…"));
    }

    @Test
    void aBadFileIsExplainedInPlaceAndNothingIsLost(FxRobot robot) throws Exception {
        open(TinyModel.file(folder));
        Path bad = Files.writeString(folder.resolve("bad.onnx"), "");
        robot.interact(() -> window.workbench().open(bad));
        await(() -> project().opening() instanceof Opening.Failed);
        await(() -> robot.lookup("#error-pane").tryQuery().isPresent());
        assertThat(words(robot.lookup("#error-pane").query())).anyMatch(t -> t.contains("bad.onnx"));
        assertThat(project().isOpen()).isTrue();
        robot.clickOn("Dismiss");
        assertThat(robot.lookup("#error-pane").tryQuery()).isEmpty();
    }

    @Test
    void aKilledWorkerIsToldAndRunWorksAgain(FxRobot robot) throws Exception {
        open(TinyModel.file(folder));
        services.kill = Optional.of(Diagnostic.error("worker-died", "The worker was killed.", new Place.InWorker(7)));
        robot.push(KeyCode.F5);
        await(() -> project().run() instanceof RunState.Failed);
        await(() -> robot.lookup("#error-pane").tryQuery().isPresent());
        org.testfx.util.WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup(".toast").tryQuery())
                .as("the banner says it already")
                .isEmpty();
        assertThat(words(robot.lookup("#status-bar").query())).contains("The run of mnist-cnn broke off");
        services.kill = Optional.empty();
        robot.push(KeyCode.F5);
        await(() -> project().run().running());
        await(() -> robot.lookup("#error-pane").tryQuery().isEmpty());
    }

    @Test
    void aVariantIsAddedThroughTheFormItsJobIsCancelledAndUndoTakesItAway(FxRobot robot) throws Exception {
        open(TinyModel.file(folder));
        robot.interact(() -> {
            window.commands().find("optimize").orElseThrow().run();
            Node box = window.scene().lookup("#choose-simplify");
            assertThat(box.getBoundsInLocal().getWidth())
                    .as("a form has its place as soon as it is shown")
                    .isPositive();
        });
        await(() -> !((Parent) robot.lookup("#optimize-form").query()).isNeedsLayout());
        robot.clickOn("#choose-simplify");
        robot.clickOn("#add-variant");
        await(() -> project().variants().size() == 2);
        await(() -> window.jobs().rows().stream()
                .anyMatch(r -> r.open() && r.title().contains("Simplify")));
        robot.clickOn("#tab-jobs");
        // Panes that are not in front have such a button as well.
        await(() -> cancelInJobs(robot).isPresent());
        robot.clickOn(cancelInJobs(robot).orElseThrow());
        await(() -> project().variants().getLast().state() instanceof VariantState.Failed);
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        await(() -> project().variants().size() == 1);
    }

    private static Optional<Node> cancelInJobs(FxRobot robot) {
        return robot.lookup("#jobs-pane")
                .lookup("Cancel")
                .lookup(Node::isVisible)
                .tryQuery();
    }

    @Test
    void aFinishedVariantIsComparedAndAnnounced(FxRobot robot) throws Exception {
        services.recipe.countDown();
        open(TinyModel.file(folder));
        robot.interact(() -> {
            VariantId unused = window.workbench().addVariant("same", List.of());
        });
        await(() -> !project().variants().getLast().differences().isEmpty());
        await(() -> robot.lookup(".toast").tryQuery().isPresent());
        assertThat(words(robot.lookup(".toast").query())).contains("same is ready");
        robot.interact(() -> window.workbench()
                .store()
                .dispatch(
                        new Action.SelectVariant(project().variants().getLast().id())));
        robot.push(KeyCode.F5);
        await(() -> project().run().running());
        assertThat(robot.lookup(".toast").tryQuery())
                .as("a message that says 'not yet run' of a variant that runs")
                .isEmpty();
    }

    @Test
    void theThemeIsSwitchedAndRemembered(FxRobot robot) {
        Theme before = window.look().theme().get();
        robot.interact(() -> window.commands().find("theme").orElseThrow().run());
        assertThat(window.look().theme().get()).isEqualTo(before.other());
        assertThat(window.scene().getRoot().getStyleClass())
                .contains(before.other().styleClass())
                .doesNotContain(before.styleClass());
        assertThat(new dev.lathe.app.shell.Settings(folder).text("theme"))
                .contains(before.other().name());
    }

    @Test
    void theCommandPaletteFindsACommandAndALayer(FxRobot robot) throws Exception {
        open(TinyModel.file(folder));
        robot.push(KeyCode.CONTROL, KeyCode.K);
        await(() -> robot.lookup("#palette-field").tryQuery().isPresent());
        robot.write("show jobs");
        robot.push(KeyCode.ENTER);
        assertThat(window.tabs().chosen().get().title()).isEqualTo("Jobs");
        String name =
                project().shownModel().orElseThrow().graph().nodes().getFirst().shownName();
        robot.push(KeyCode.CONTROL, KeyCode.K);
        await(() -> robot.lookup("#palette-field").tryQuery().isPresent());
        robot.write(name);
        robot.push(KeyCode.ENTER);
        await(() -> project().selection().asNode().isPresent());
    }

    private void open(Path file) throws TimeoutException {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            var unused = window.workbench().open(file);
        });
        await(() -> project().isOpen() && project().opening() instanceof Opening.Opened);
    }

    private Project project() {
        return window.workbench().store().state();
    }

    private static String text(FxRobot robot, String query) {
        WaitForAsyncUtils.waitForFxEvents();
        Node found = robot.lookup("#tool-run")
                .tryQuery()
                .orElseGet(() -> robot.lookup(query).query());
        return ((Labeled) found).getText();
    }

    private static List<String> words(Node node) {
        return node.lookupAll(".label").stream()
                .map(n -> ((Labeled) n).getText())
                .toList();
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
