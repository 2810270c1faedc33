package dev.lathe.app.program;

import dev.lathe.app.parts.Controls;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The field in which the user says what a program is given.
public final class ProgramForm extends VBox {
    private static final double WIDTH = 460;

    private final TextField field = new TextField();

    /// @param done told when the button was pressed
    public ProgramForm(ProgramViewModel model, Runnable done) {
        super(8);
        setId("program-form");
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        Label what = Controls.label(
                "The file of a TorchScript program does not say what it is given. Write element type and sizes of each"
                        + " input, in their order; a name in place of a number leaves a size open, to be set and swept.",
                "small",
                "muted");
        what.setWrapText(true);
        what.setMinHeight(USE_PREF_SIZE);
        field.setId("program-inputs");
        field.setPromptText("float32[batch,3,224,224] int64[batch]");
        field.setAccessibleText("What the program is given");
        field.textProperty().bindBidirectional(model.text());
        HBox.setHgrow(field, Priority.ALWAYS);
        Button take = Controls.button("mdi2c-check", "Take", "primary-button", () -> {
            model.take();
            if (model.problem().get().isEmpty()) {
                done.run();
            }
        });
        take.setId("program-take");
        take.setMinWidth(USE_PREF_SIZE);
        field.setOnAction(e -> take.fire());
        HBox line = new HBox(8, field, take);
        line.setAlignment(Pos.CENTER_LEFT);
        Label problem = Controls.label("", "bad");
        problem.setId("program-problem");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        problem.textProperty().bind(model.problem());
        problem.visibleProperty().bind(model.problem().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        getChildren().addAll(what, line, problem);
    }

    /// Puts the focus into the field.
    public void focusField() {
        field.requestFocus();
        field.selectAll();
    }
}
