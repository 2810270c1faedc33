package dev.lathe.app.sweep;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.SweepState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What is varied, written down, and the buttons that measure it.
final class SweepForm extends VBox {
    private static final SweepAxis NOTHING = new SweepAxis("nothing else", 0);
    private static final double CHOICE = 128;

    private final SweepViewModel model;
    private final ComboBox<SweepAxis> first = new ComboBox<>();
    private final ComboBox<SweepAxis> second = new ComboBox<>();
    private final TextField secondValues;
    private final Label problem = Controls.label("", "inspector-warning");
    private final Button start;
    private final Button pause;
    private final Button resume;
    private final Button cancel;
    private boolean filling;

    SweepForm(SweepViewModel model) {
        super(8);
        this.model = model;
        getStyleClass().add("sweep-form");
        TextField firstValues = field("sweep-values", model.firstValues(), "1..64*2");
        secondValues = field("sweep-values-2", model.secondValues(), "1,2");
        TextField runs = field("sweep-runs", model.runs(), "20");
        TextField limit = field("sweep-limit", model.limit(), "any, or 2GiB");
        choice(first, "sweep-axis", model.first());
        choice(second, "sweep-axis-2", model.second());
        GridPane grid = new GridPane(8, 6);
        grid.addRow(0, name("Vary"), first, firstValues);
        grid.addRow(1, name("and"), second, secondValues);
        HBox rest = new HBox(8, runs, name("memory limit"), limit);
        rest.setAlignment(Pos.CENTER_LEFT);
        runs.setPrefColumnCount(4);
        grid.add(name("Runs"), 0, 2);
        grid.add(rest, 1, 2, 2, 1);
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.textProperty().bind(model.problem());
        problem.managedProperty().bind(model.problem().isNotEmpty());
        start = button("mdi2p-play", "Start", "primary-button", "sweep-start", model::start);
        pause = button("mdi2p-pause", "Pause", "plain-button", "sweep-pause", model::pause);
        resume = button("mdi2p-play", "Resume", "primary-button", "sweep-resume", model::resume);
        cancel = button("mdi2c-close", "Cancel", "plain-button", "sweep-cancel", model::cancel);
        FlowPane buttons = new FlowPane(8, 6, start, pause, resume, cancel);
        getChildren().addAll(grid, problem, buttons);
        start.disableProperty().bind(model.problem().isNotEmpty());
        model.problem().addListener((o, before, now) -> told());
        List.of(model.firstValues(), model.secondValues()).forEach(p -> p.addListener((o, a, b) -> told()));
        model.state().subscribe(this::show);
    }

    private void told() {
        int points = model.planned();
        start.setText(points == 0 ? "Start" : points == 1 ? "Start, 1 point" : "Start, " + points + " points");
    }

    private void show(SweepShown s) {
        filling = true;
        fill(first, s.axes());
        fill(second, Stream.concat(Stream.of(NOTHING), s.axes().stream()).toList());
        model.first().get().ifPresent(a -> choose(first, a));
        choose(second, model.second().get().orElse(NOTHING));
        filling = false;
        Optional<SweepState.Phase> phase = s.phase();
        boolean running = phase.equals(Optional.of(SweepState.Phase.RUNNING));
        boolean paused = phase.equals(Optional.of(SweepState.Phase.PAUSED));
        seen(start, !running);
        seen(pause, running);
        seen(resume, paused);
        seen(cancel, running || paused);
        start.getStyleClass().setAll("button", paused ? "plain-button" : "primary-button");
        secondValues.setDisable(model.second().get().isEmpty());
        told();
    }

    private static void seen(Button b, boolean so) {
        b.setVisible(so);
        b.setManaged(so);
    }

    /// A box whose choices are put in anew forgets what is chosen.
    private static void fill(ComboBox<SweepAxis> box, List<SweepAxis> axes) {
        if (!box.getItems().equals(axes)) {
            box.getItems().setAll(axes);
        }
    }

    private static void choose(ComboBox<SweepAxis> box, SweepAxis wanted) {
        box.getItems().stream()
                .filter(a -> a.name().equals(wanted.name()))
                .findFirst()
                .ifPresent(box::setValue);
    }

    private void choice(ComboBox<SweepAxis> box, String id, ObjectProperty<Optional<SweepAxis>> property) {
        box.setId(id);
        box.setPrefWidth(CHOICE);
        box.setMinWidth(CHOICE);
        box.setMaxWidth(CHOICE);
        box.setAccessibleText("What is varied");
        box.valueProperty().addListener((o, before, now) -> {
            if (now != null && !filling) {
                property.set(now == NOTHING ? Optional.empty() : Optional.of(now));
                secondValues.setDisable(model.second().get().isEmpty());
            }
        });
    }

    private static TextField field(String id, StringProperty text, String prompt) {
        TextField f = new TextField();
        f.setId(id);
        f.setPromptText(prompt);
        f.setPrefColumnCount(9);
        f.textProperty().bindBidirectional(text);
        return f;
    }

    private static Label name(String text) {
        Label l = Controls.label(text, "inspector-key");
        l.setMinWidth(Region.USE_PREF_SIZE);
        return l;
    }

    private static Button button(String icon, String text, String style, String id, Runnable act) {
        Button b = Controls.button(icon, text, style, act);
        b.setId(id);
        b.setMinWidth(Region.USE_PREF_SIZE);
        return b;
    }
}
