package dev.lathe.app.program;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.program.ProgramState.Stage;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What stands in the graph's place while a program's operators are not known: what is asked, what comes next, and what
/// it lacks.
public final class ProgramView extends StackPane {
    private static final double WIDTH = 460;

    private final Label title = Controls.label("", "empty-title");
    private final Label line = Controls.label("", "empty-line");
    private final ProgramForm form;
    private final HBox next;
    private final HBox lack;
    private final Label lacking = Controls.label("");

    /// @param run runs the program
    /// @param packs opens what adds PyTorch
    public ProgramView(ProgramViewModel model, Runnable run, Runnable packs) {
        setId("program-view");
        getStyleClass().add("empty-pane");
        FontIcon picture = new FontIcon("mdi2s-script-text-outline");
        picture.setIconSize(36);
        picture.getStyleClass().add("empty-icon");
        line.setWrapText(true);
        line.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        line.setMinHeight(USE_PREF_SIZE);
        form = new ProgramForm(model, () -> {});
        Button runIt = Controls.button("mdi2p-play", "Run", "run-button", run);
        runIt.setId("program-run");
        next = new HBox(8, runIt, Controls.label("F5", "key-cap"));
        next.setAlignment(Pos.CENTER);
        lacking.setWrapText(true);
        lacking.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(lacking, Priority.ALWAYS);
        Button add = Controls.button("mdi2e-expansion-card", "Packs…", "plain-button", packs);
        add.setId("program-packs");
        add.setMinWidth(USE_PREF_SIZE);
        lack = new HBox(8, Controls.icon("mdi2a-alert", "warn"), lacking, add);
        lack.setId("program-lack");
        lack.getStyleClass().add("remark");
        lack.setAlignment(Pos.CENTER_LEFT);
        lack.setMaxWidth(WIDTH);
        VBox all = new VBox(8, picture, title, line, form, next, lack);
        all.setAlignment(Pos.CENTER);
        all.setMaxWidth(USE_PREF_SIZE);
        getChildren().add(all);
        model.state().subscribe(this::show);
    }

    private void show(ProgramState s) {
        setVisible(s.stage() != Stage.NONE && s.stage() != Stage.SHOWN);
        title.setText(s.file() + " is a TorchScript program");
        line.setText(
                switch (s.stage()) {
                    case NONE, SHOWN, ASKED -> "";
                    case NOT_RUN ->
                        "Its graph cannot be read from the file. When it runs, the operators that it calls are shown here as"
                                + " its layers, with their times.";
                    case RUNNING -> "Looking at the operators that it calls …";
                });
        shown(line, !line.getText().isEmpty());
        shown(form, s.stage() == Stage.ASKED || s.stage() == Stage.NOT_RUN);
        shown(next, s.stage() == Stage.NOT_RUN && s.missing().isEmpty());
        lacking.setText(s.missing().map(m -> "It runs with PyTorch: " + m).orElse(""));
        shown(lack, s.missing().isPresent());
    }

    private static void shown(Node node, boolean so) {
        node.setVisible(so);
        node.setManaged(so);
    }
}
