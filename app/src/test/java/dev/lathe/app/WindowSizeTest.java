package dev.lathe.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.TinyModel;
import dev.lathe.core.Jobs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
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

/// What stays as it is when the window gets another size.
@ExtendWith(ApplicationExtension.class)
class WindowSizeTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final double BOTTOM = 252;
    private static final double LEFT = 280;
    /// Toolbar and status bar.
    private static final double BARS = 68;
    private static final double ROUNDING = 8;

    @TempDir
    private static Path folder;

    private final FakeServices services = new FakeServices();
    private LatheWindow window;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
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
    void aModelIsOpen() throws Exception {
        Path file = TinyModel.file(folder);
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            var unused = window.workbench().open(file);
        });
        await(() -> window.workbench().store().state().isOpen());
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    @Test
    void theBottomTabsKeepTheirHeightAndTheSidePanesTheirWidth(FxRobot robot) throws Exception {
        for (double height : new double[] {900, 700, 940, 660, 900}) {
            resize(robot, 980, height);
            assertThat(bounds(robot, "#bottom-tabs").getHeight())
                    .as("bottom tabs in a window of %s", height)
                    .isCloseTo(bottom(), within(ROUNDING));
            assertThat(bounds(robot, "#variants-tree").getWidth())
                    .as("variants in a window of %s", height)
                    .isCloseTo(left(), within(ROUNDING));
        }
        for (double width : new double[] {760, 980, 1300, 980}) {
            resize(robot, width, 800);
            assertThat(bounds(robot, "#variants-tree").getWidth())
                    .as("variants in a window %s wide", width)
                    .isCloseTo(left(), within(ROUNDING));
        }
    }

    @Test
    void aWindowThatIsPulledByItsEdgeKeepsItsPanes(FxRobot robot) throws Exception {
        for (int height = 900; height >= 700; height -= 7) {
            double h = height;
            robot.interact(() -> stage.setHeight(h));
        }
        resize(robot, 980, 700);
        assertThat(bounds(robot, "#bottom-tabs").getHeight()).isCloseTo(bottom(), within(ROUNDING));
        robot.clickOn("#tab-layers");
        resize(robot, 980, 900);
        assertThat(bounds(robot, "#bottom-tabs").getHeight()).isCloseTo(bottom(), within(ROUNDING));
        Platform.runLater(() -> stage.setHeight(700));
        robot.clickOn("#tab-live");
        resize(robot, 980, 700);
        resize(robot, 980, 900);
        assertThat(bounds(robot, "#bottom-tabs").getHeight()).isCloseTo(bottom(), within(ROUNDING));
    }

    @Test
    void inASmallWindowTheGraphIsHigherThanTheTabsBelowIt(FxRobot robot) throws Exception {
        resize(robot, 980, 700);
        assertThat(bounds(robot, "#graph-canvas").getHeight())
                .isGreaterThan(1.8 * bounds(robot, "#bottom-tabs").getHeight());
    }

    @Test
    void whatTheUserMakesOfTheTabsIsKept(FxRobot robot) throws Exception {
        resize(robot, 980, 900);
        double given = bounds(robot, "#bottom-tabs").getHeight();
        dragTabs(robot, -80);
        double made = bounds(robot, "#bottom-tabs").getHeight();
        assertThat(made).isCloseTo(given + 80, within(ROUNDING));
        resize(robot, 980, 800);
        assertThat(bounds(robot, "#bottom-tabs").getHeight()).isCloseTo(made, within(1.0));
        dragTabs(robot, 80);
        resize(robot, 980, 900);
        assertThat(bounds(robot, "#bottom-tabs").getHeight()).isCloseTo(given, within(ROUNDING));
    }

    @Test
    void inANarrowWindowNothingOfTheToolbarIsCut(FxRobot robot) throws Exception {
        resize(robot, 980, 800);
        for (Node n : robot.lookup(".toolbar .button").queryAll()) {
            Region button = (Region) n;
            assertThat(button.getWidth())
                    .as("width of %s", n.getId())
                    .isGreaterThanOrEqualTo(button.prefWidth(-1) - 0.5);
        }
        assertThat(bounds(robot, "#tool-settings").getMaxX()).isLessThanOrEqualTo(980);
        assertThat(robot.lookup("#colour-menu").query().isVisible()).isTrue();
        assertThat(bounds(robot, ".crumb-bar").getMaxX())
                .isLessThanOrEqualTo(bounds(robot, "#graph-canvas").getMaxX() + 1);
    }

    /// Moves the divider above the tabs. The events are given to it as a window system does, which lets no other node
    /// have them while the button is down; the headless platform hands a drag to what lies below the pointer.
    private static void dragTabs(FxRobot robot, double by) {
        Bounds tabs = bounds(robot, "#bottom-tabs");
        Node divider = robot.lookup(".split-pane-divider").queryAll().stream()
                .filter(n -> Math.abs(n.localToScene(n.getBoundsInLocal()).getMaxY() - tabs.getMinY()) < 1)
                .findFirst()
                .orElseThrow();
        double from = tabs.getMinY() - 3;
        robot.interact(() -> {
            mouse(divider, MouseEvent.MOUSE_PRESSED, from);
            for (int step = 1; step <= 10; step++) {
                mouse(divider, MouseEvent.MOUSE_DRAGGED, from + by * step / 10);
            }
            mouse(divider, MouseEvent.MOUSE_RELEASED, from + by);
        });
        WaitForAsyncUtils.waitForFxEvents(20);
    }

    private static void mouse(Node target, EventType<MouseEvent> type, double y) {
        boolean down = type != MouseEvent.MOUSE_RELEASED;
        target.fireEvent(new MouseEvent(
                type,
                490,
                y,
                490,
                y,
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                down,
                false,
                false,
                true,
                false,
                false,
                null));
    }

    private void resize(FxRobot robot, double width, double height) throws TimeoutException {
        robot.interact(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
        });
        await(() -> window.scene().getHeight() > height - 80 && window.scene().getHeight() <= height);
    }

    /// The height of the bottom tabs that nobody touched: in a low window the graph keeps the larger part.
    private double bottom() {
        return Math.min(BOTTOM, 0.31 * (window.scene().getHeight() - BARS));
    }

    /// The width of the left panes that nobody touched.
    private double left() {
        return Math.min(LEFT, 0.26 * window.scene().getWidth());
    }

    private static Bounds bounds(FxRobot robot, String query) {
        Node node = robot.lookup(query).query();
        return node.localToScene(node.getBoundsInLocal());
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents(20);
    }
}
