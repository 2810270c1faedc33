package dev.lathe.app;

import dev.lathe.app.project.Project;
import dev.lathe.app.project.Services;
import dev.lathe.core.Jobs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A window on the screen and the way through it, for tests that go as a user goes.
final class WindowJourney {
    private static final int PATIENCE_SECONDS = 60;

    private final LatheWindow window;

    private WindowJourney(LatheWindow window) {
        this.window = window;
    }

    /// On the FX thread.
    static WindowJourney begin(Stage stage, Path folder, Services services) {
        LatheWindow window = Wiring.window(folder, new Jobs(), services);
        stage.setScene(window.scene());
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(980);
        stage.setHeight(900);
        stage.show();
        window.begin();
        return new WindowJourney(window);
    }

    void end() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    LatheWindow window() {
        return window;
    }

    Project project() {
        return window.workbench().store().state();
    }

    void open(Path file) throws TimeoutException {
        await(() -> project().device().isPresent());
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            var unused = window.workbench().open(file);
        });
    }

    static void write(FxRobot robot, String field, String text) {
        robot.interact(() -> robot.lookup(field).queryTextInputControl().setText(text));
    }

    /// What stands in labels and buttons inside.
    static Stream<String> words(FxRobot robot, String query) {
        return robot.lookup(query).queryAll().stream()
                .filter(WindowJourney::shown)
                .flatMap(n -> Stream.of(".label", ".button").flatMap(s -> n.lookupAll(s).stream()))
                .filter(WindowJourney::shown)
                .map(n -> String.valueOf(((Labeled) n).getText()));
    }

    static boolean says(FxRobot robot, String query, String... parts) {
        String all = String.join("\n", words(robot, query).toList());
        return Stream.of(parts).allMatch(all::contains);
    }

    static boolean seen(FxRobot robot, String query) {
        return robot.lookup((Node n) -> ("#" + n.getId()).equals(query) && shown(n))
                .tryQuery()
                .isPresent();
    }

    static boolean shown(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
