package dev.lathe.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.VariantsFixture;
import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Selection;
import dev.lathe.core.Jobs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
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
        await(() -> seen(robot, "#measure-device"));
        robot.clickOn("#measure-device");
        await(() -> seen(robot, "#measure-cancel"));
        robot.clickOn("#measure-cancel");
        await(() -> seen(robot, "#measure-device"));
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
        await(() -> seen(robot, "#roofline-chart"));
        robot.clickOn("#roofline-chart");
        robot.push(KeyCode.RIGHT);
        await(() -> project().selection() instanceof Selection.OfNode);
        Selection first = project().selection();
        robot.push(KeyCode.RIGHT);
        await(() -> !project().selection().equals(first));
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
