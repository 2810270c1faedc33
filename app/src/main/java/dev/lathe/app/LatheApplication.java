package dev.lathe.app;

import dev.lathe.app.shell.Settings;
import java.nio.file.Path;
import java.util.Optional;
import javafx.application.Application;
import javafx.stage.Stage;

/// The program with its window. Started by [Main], which does not touch JavaFX unless a window is wanted.
public class LatheApplication extends Application {
    private Optional<LatheWindow> window = Optional.empty();

    @Override
    public void start(Stage stage) {
        LatheWindow made = Wiring.window(Settings.userFolder());
        window = Optional.of(made);
        stage.setTitle("Lathe");
        stage.setScene(made.scene());
        stage.setMinWidth(900);
        stage.setMinHeight(600);
        stage.show();
        made.begin();
        getParameters().getUnnamed().stream().findFirst().map(Path::of).ifPresent(made.workbench()::open);
    }

    /// The window, once [#start] has shown it: for who looks at the running program from inside.
    protected LatheWindow window() {
        return window.orElseThrow();
    }

    @Override
    public void stop() {
        window.ifPresent(LatheWindow::end);
    }
}
