package dev.lathe.app.dialogs;

import dev.lathe.app.parts.Called;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Workbench;
import dev.lathe.profile.engine.SessionConfig;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// How the next runs run on the chosen device: threads inside an operator, and how far the engine optimizes. Taken as
/// soon as they say something that can be run.
final class RunSettingsRow extends VBox {
    /// More threads than that do nothing but take each other's time.
    private static final int THREADS_PER_CORE = 4;

    private final Workbench workbench;
    private final TextField threads = new TextField();
    private final ComboBox<SessionConfig.Level> level = new ComboBox<>();
    private final Label problem = Controls.label("", "bad", "small");

    RunSettingsRow(Workbench workbench) {
        super(4);
        this.workbench = workbench;
        Project p = workbench.store().state();
        threads.setId("run-threads");
        threads.setText(Integer.toString(p.threads()));
        threads.setPrefColumnCount(3);
        threads.setMinWidth(USE_PREF_SIZE);
        threads.setAccessibleText("Threads inside an operator");
        level.setId("run-level");
        level.getItems().setAll(SessionConfig.Level.values());
        level.setConverter(
                new Called<>(l -> l.name().toLowerCase(Locale.ROOT) + (l == SessionConfig.USUAL ? " (usual)" : "")));
        level.setValue(p.setup().level());
        level.setAccessibleText("The engine's optimization");
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        HBox line = new HBox(
                8,
                Controls.label("Threads", "small", "muted"),
                threads,
                Controls.gap(),
                Controls.label("Optimization", "small", "muted"),
                level);
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(line, problem);
        threads.textProperty().addListener((o, before, now) -> take());
        level.valueProperty().addListener((o, before, now) -> take());
    }

    private void take() {
        String text = threads.getText().strip();
        int most = THREADS_PER_CORE * Runtime.getRuntime().availableProcessors();
        int wanted = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (wanted < 1 || wanted > most) {
            problem.setText("Threads: a number from 1 to " + most + ".");
            return;
        }
        problem.setText("");
        workbench.store().dispatch(new Action.SetRunSettings(wanted, level.getValue()));
    }
}
