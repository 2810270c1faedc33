package dev.lathe.app;

import dev.lathe.app.shell.Settings;
import java.nio.file.Path;
import javafx.application.Application;
import javafx.stage.Stage;

/// The program with its window. Started by [Main], which does not touch JavaFX unless a window is wanted.
public final class LatheApplication extends Application {
    private java.util.Optional<LatheWindow> window = java.util.Optional.empty();

    @Override
    public void start(Stage stage) {
        LatheWindow made = Wiring.window(Settings.userFolder());
        window = java.util.Optional.of(made);
        stage.setTitle("Lathe");
        stage.setScene(made.scene());
        stage.setMinWidth(900);
        stage.setMinHeight(600);
        stage.show();
        made.begin();
        getParameters().getUnnamed().stream().findFirst().map(Path::of).ifPresent(made.workbench()::open);
    }

    @Override
    public void stop() {
        window.ifPresent(LatheWindow::end);
    }
}
