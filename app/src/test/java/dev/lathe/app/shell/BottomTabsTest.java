package dev.lathe.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.LatheWindow;
import dev.lathe.app.Wiring;
import dev.lathe.app.project.FakeServices;
import dev.lathe.core.Jobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Pane;
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

/// The names of the tabs in windows of different widths.
@ExtendWith(ApplicationExtension.class)
class BottomTabsTest {
    @TempDir
    private static Path folder;

    private LatheWindow window;
    private javafx.scene.Parent content;

    /// In a frame that is larger than the stage: the test's screen is small.
    @Start
    void start(Stage stage) {
        window = Wiring.window(folder, new Jobs(), new FakeServices().services());
        content = window.scene().getRoot();
        Pane holder = new Pane();
        holder.getStyleClass().addAll(content.getStyleClass());
        window.scene().setRoot(holder);
        holder.getChildren().add(content);
        content.setManaged(false);
        stage.setScene(window.scene());
        stage.setWidth(600);
        stage.setHeight(600);
        stage.show();
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    private List<ToggleButton> tabs(FxRobot robot, double width) {
        robot.interact(() -> {
            content.resizeRelocate(0, 0, width, 1000);
            content.layout();
        });
        WaitForAsyncUtils.waitForFxEvents();
        return window.tabs().panes().stream()
                .map(p -> (ToggleButton) content.lookup("#tab-" + p.title().toLowerCase(Locale.ROOT)))
                .toList();
    }

    @Test
    void whereThereIsRoomEveryTabHasItsNameAndNoneIsCut(FxRobot robot) {
        List<ToggleButton> wide = tabs(robot, 1600);
        assertThat(wide).hasSize(window.tabs().panes().size()).allSatisfy(b -> {
            assertThat(b.getContentDisplay()).as(b.getText()).isEqualTo(ContentDisplay.LEFT);
            assertThat(b.getWidth()).as(b.getText()).isGreaterThanOrEqualTo(b.prefWidth(-1) - 1);
        });
        ToggleButton last = wide.getLast();
        double end =
                content.sceneToLocal(last.localToScene(last.getLayoutBounds())).getMaxX();
        assertThat(end).as("room for the tools of the pane in front").isLessThan(1600 - 400);
    }

    @Test
    void whereThereIsNotTheOneInFrontHasItAlone(FxRobot robot) {
        assertThat(tabs(robot, 1100))
                .filteredOn(b -> b.getContentDisplay() == ContentDisplay.LEFT)
                .containsExactly((ToggleButton) content.lookup("#tab-live"));
        assertThat(tabs(robot, 1600)).allMatch(b -> b.getContentDisplay() == ContentDisplay.LEFT);
    }
}
