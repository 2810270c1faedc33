package dev.lathe.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.TinyModel;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The way from a run to a remedy in the real window, with services that are quick and tame.
@ExtendWith(ApplicationExtension.class)
class FindingsInTheWindowTest {
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
        stage.setHeight(900);
        stage.show();
        window.begin();
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    @Test
    void aRunIsMeasuredItsFindingChosenAndItsRemedyOffered(FxRobot robot) throws Exception {
        await(() -> project().device().isPresent());
        Path file = folder.resolve("wasteful.onnx");
        Formats.export(GraphText.parse("""
                model "test" ir=8
                opset "" 17
                graph g (x: float32[64]) -> (y: float32[64]) {
                  const c = float32[64] splat 64 hex "0000803f"
                  d = Exp(c) as power
                  a = Abs(x) as one
                  y = Add(a, d) as total
                }
                """), file, JobContext.quiet());
        robot.interact(() -> window.workbench().open(file));
        await(() -> project().isOpen());
        robot.clickOn("#tab-findings");
        await(() -> robot.lookup("Not measured yet").tryQuery().isPresent());
        robot.push(KeyCode.F5);
        await(() -> project().shownLive().latest().isPresent());
        robot.push(KeyCode.F5);
        await(() -> seen(robot, "#finding-1"));
        assertThat(robot.lookup("#tab-findings").queryAs(ToggleButton.class).getText())
                .matches("Findings \\d+");

        Node card = robot.lookup((Node n) -> n.getStyleClass().contains("finding-title"))
                .lookup("1 layer computes a constant in every run")
                .query();
        robot.clickOn(card);
        await(() -> project().selection() instanceof Selection.OfNode);
        assertThat(project()
                        .shownModel()
                        .orElseThrow()
                        .graph()
                        .node(project().selection().asNode().orElseThrow())
                        .orElseThrow()
                        .name())
                .isEqualTo("power");
        assertThat(robot.lookup("#finding-checks").tryQuery()).isPresent();

        Node apply = robot.lookup((Node n) -> String.valueOf(n.getId()).startsWith("finding-apply-"))
                .query();
        robot.clickOn(apply);
        await(() -> seen(robot, "#optimize-form"));
        assertThat(robot.lookup("#choose-simplify").queryAs(CheckBox.class).isSelected())
                .isTrue();
        robot.clickOn("#add-variant");
        await(() -> project().variants().size() == 2);
    }

    @Test
    void aRemedyThatIsASettingOfRunsIsSetToldAndRun(FxRobot robot) throws Exception {
        await(() -> project().device().isPresent());
        robot.interact(() -> window.workbench().open(TinyModel.file(folder)));
        await(() -> project().isOpen());
        int most = 4 * Runtime.getRuntime().availableProcessors();
        robot.clickOn("#device-button");
        await(() -> seen(robot, "#run-threads"));
        robot.interact(
                () -> robot.lookup("#run-threads").queryTextInputControl().setText(Integer.toString(most + 1)));
        assertThat(project().threads()).as("more than can be run").isNotEqualTo(most + 1);
        robot.interact(
                () -> robot.lookup("#run-threads").queryTextInputControl().setText(Integer.toString(most)));
        await(() -> project().threads() == most);
        robot.push(KeyCode.ESCAPE);
        await(() -> robot.lookup("#device-button").queryButton().getText().contains(most + " threads"));
        robot.clickOn("#tab-findings");
        runAndStop(robot);
        await(() -> robot.lookup((Node n) -> String.valueOf(n.getId()).startsWith("finding-set-"))
                .tryQuery()
                .isPresent());
        int before = project().threads();
        robot.clickOn(robot.lookup((Node n) -> String.valueOf(n.getId()).startsWith("finding-set-"))
                .queryButton());
        await(() -> project().threads() < before);
        int fewer = project().threads();
        await(() -> robot.lookup((Node n) -> n instanceof Labeled l
                        && String.valueOf(l.getText()).startsWith("Runs take " + fewer + " thread"))
                .tryQuery()
                .isPresent());
        assertThat(project().shownRun()).as("what was measured stays").isPresent();
        robot.clickOn(robot.lookup(".toast")
                .lookup((Node n) -> n instanceof Labeled l && "Run".equals(l.getText()))
                .<Node>query());
        await(() ->
                project().shownLive().latest().isPresent() && project().run().running());
        robot.push(KeyCode.F5);
        await(() -> !project().run().running());
        assertThat(project().shownRun().orElseThrow().plan().target().threads()).isEqualTo(fewer);
        assertThat(project().shown().orElseThrow().runs()).hasSize(2);
    }

    private void runAndStop(FxRobot robot) throws TimeoutException {
        robot.push(KeyCode.F5);
        await(() -> project().shownLive().latest().isPresent());
        robot.push(KeyCode.F5);
        await(() -> !project().run().running());
    }

    private Project project() {
        return window.workbench().store().state();
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
