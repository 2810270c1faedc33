package dev.lathe.app.dialogs;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.Workbench;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;

/// What is found out about the statements in a text area of the form of passes, told below it while they are written,
/// as in the form of edits. They are tried on the shown model only where no pass that is chosen comes before.
final class CheckedStatements {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final double TWO_LINES = 36;

    private final TextArea area;
    private final BooleanSupplier first;
    private final Runnable changed;
    private final Label status = Controls.label("", "small");
    private final EditCheck check;
    private boolean wrong;

    /// @param first whether the statements meet the shown model as it is
    /// @param changed told when [#isWrong] may have changed
    CheckedStatements(Workbench workbench, TextArea area, BooleanSupplier first, Runnable changed) {
        this.area = area;
        this.first = first;
        this.changed = changed;
        check = new EditCheck(workbench, Platform::runLater, this::told);
        status.setId("status-of-" + area.getId());
        status.setWrapText(true);
        // Room for a message, so that nothing moves while one writes.
        status.setMinHeight(TWO_LINES);
        status.setAlignment(Pos.TOP_LEFT);
        area.textProperty().addListener((o, before, now) -> look());
        area.sceneProperty().addListener((o, before, now) -> {
            if (now == null) {
                check.end();
            } else {
                look();
            }
        });
    }

    Label status() {
        return status;
    }

    /// Whether they cannot be read, or would not leave the model valid.
    boolean isWrong() {
        return wrong;
    }

    /// Looks again: the text is another one, or what comes before it.
    void look() {
        if (area.getText().isBlank()) {
            check.end();
            told(new EditCheck.Found.Nothing());
        } else if (first.getAsBoolean()) {
            check.look(area.getText());
        } else {
            check.read(area.getText());
        }
    }

    private void told(EditCheck.Found found) {
        wrong = found instanceof EditCheck.Found.Wrong;
        area.pseudoClassStateChanged(WRONG, wrong);
        status.getStyleClass().removeAll("bad", "muted");
        status.getStyleClass().add(wrong ? "bad" : "muted");
        status.setText(
                switch (found) {
                    case EditCheck.Found.Nothing n -> "";
                    case EditCheck.Found.Readable r ->
                        first.getAsBoolean()
                                ? "…"
                                : "Whether the model stays valid is found out after the passes above.";
                    case EditCheck.Found.Wrong(String why) -> why;
                    case EditCheck.Found.Valid(String what) -> what;
                });
        changed.run();
    }
}
