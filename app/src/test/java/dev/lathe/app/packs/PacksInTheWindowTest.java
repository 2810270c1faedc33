package dev.lathe.app.packs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.LatheWindow;
import dev.lathe.app.Wiring;
import dev.lathe.core.Jobs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
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

/// A user adds a pack in the window, cancels, looks elsewhere meanwhile, and removes it.
@ExtendWith(ApplicationExtension.class)
class PacksInTheWindowTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private static Path folder;

    private final FakeShelf shelf = new FakeShelf();
    private LatheWindow window;

    @Start
    void start(Stage stage) {
        window = Wiring.window(folder, new Jobs(), shelf.services());
        stage.setScene(window.scene());
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(980);
        stage.setHeight(700);
        stage.show();
        window.begin();
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static boolean seen(FxRobot robot, String id) {
        return robot.lookup(id).match(Node::isVisible).tryQuery().isPresent();
    }

    @Test
    void aPackIsAddedInTheBackgroundAndRemoved(FxRobot robot) throws Exception {
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        await(() -> seen(robot, "#settings-packs"));
        robot.clickOn("#settings-packs");
        await(() -> seen(robot, "#pack-add-webgpu"));
        robot.clickOn("#pack-add-webgpu");
        await(() -> seen(robot, "#pack-cancel-webgpu"));
        robot.clickOn("#pack-cancel-webgpu");
        await(() -> seen(robot, "#pack-add-webgpu"));
        robot.clickOn("#pack-add-webgpu");
        await(() -> seen(robot, "#pack-cancel-webgpu"));
        // The dialog may be closed; the job goes on, and the dialog knows of it when it is opened again.
        robot.push(KeyCode.ESCAPE);
        await(() -> !seen(robot, "#packs-view"));
        WaitForAsyncUtils.waitForAsyncFx(
                10_000, () -> window.commands().find("packs").orElseThrow().run());
        await(() -> seen(robot, "#pack-cancel-webgpu"));
        shelf.released.countDown();
        await(() -> seen(robot, "#pack-remove-webgpu"));
        assertThat(robot.lookup("#packs-view")
                        .lookup((Labeled l) -> l.getText().contains("1.29.0"))
                        .queryAll())
                .hasSize(2);
        robot.clickOn("#pack-remove-webgpu");
        await(() -> seen(robot, "#pack-add-webgpu"));
    }
}
