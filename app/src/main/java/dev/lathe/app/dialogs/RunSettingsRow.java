package dev.lathe.app.dialogs;

import dev.lathe.app.parts.Called;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.ui.Numbers;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.SessionConfig;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// How the next runs run on the chosen device: threads inside an operator, how far the engine optimizes, and how often
/// a run is profiled. Taken as soon as they say something that can be run.
final class RunSettingsRow extends VBox {
    /// More threads than that do nothing but take each other's time.
    private static final int THREADS_PER_CORE = 4;

    private final Workbench workbench;
    private final TextField threads = new TextField();
    private final TextField profiled = new TextField();
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
        profiled.setId("run-profiled");
        profiled.setText(Numbers.digits(p.setup().profiledPerSecond(), 3));
        profiled.setPrefColumnCount(3);
        profiled.setMinWidth(USE_PREF_SIZE);
        profiled.setAccessibleText("Profiled runs a second, at most");
        profiled.setTooltip(new Tooltip("How often a run is profiled layer by layer between measured ones, at most: "
                + "fewer where they would cost more than 3 %. 0: none, latency only."));
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
        HBox rate = new HBox(
                8,
                Controls.label("Profiled runs", "small", "muted"),
                profiled,
                Controls.label("a second, at most", "small", "muted"));
        rate.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(line, rate, problem);
        profiled.textProperty().addListener((o, before, now) -> take());
        threads.textProperty().addListener((o, before, now) -> take());
        level.valueProperty().addListener((o, before, now) -> take());
    }

    /// −1 when it is none.
    private double rate() {
        String text = profiled.getText().strip();
        double n = text.matches("\\d{1,3}([.]\\d{1,3})?") ? Double.parseDouble(text) : -1;
        return n > ProfilePlan.MOST_PROFILED_PER_SECOND ? -1 : n;
    }

    private void take() {
        String text = threads.getText().strip();
        int most = THREADS_PER_CORE * Runtime.getRuntime().availableProcessors();
        int wanted = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (wanted < 1 || wanted > most) {
            problem.setText("Threads: a number from 1 to " + most + ".");
            return;
        }
        double often = rate();
        if (often < 0) {
            problem.setText(
                    "Profiled runs a second: a number from 0 to " + (int) ProfilePlan.MOST_PROFILED_PER_SECOND + ".");
            return;
        }
        problem.setText("");
        workbench.store().dispatch(new Action.SetRunSettings(wanted, level.getValue(), often));
    }
}
