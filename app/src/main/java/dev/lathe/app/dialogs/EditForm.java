package dev.lathe.app.dialogs;

import dev.lathe.app.edit.EditOffer;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Overlay;
import dev.lathe.app.project.Workbench;
import java.util.List;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The form that edits the shown model by statements: one that is begun for the selection, or any. It is told while it
/// is written whether it can be read, and soon after whether the model stays valid.
public final class EditForm extends VBox {
    private static final double WIDTH = 620;
    private static final int ROWS = 4;
    private static final double TWO_LINES = 36;
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final String EXAMPLES = """
            rename tensor x to pixels          output hidden
            remove Dropout_7                   no output debug
            set Conv_3 strides = [2, 2]        rewire Add_4 input 1 to bias
            replace Erf_2 with { y = Gelu(x) } insert after x { y = Relu(x) }
            cut (x) -> (y, z)                  append "head.onnx\"""";

    private final Workbench workbench;
    private final Overlay overlay;
    private final TextArea statement = new TextArea();
    private final Label help = Controls.label("", "small", "muted");
    private final Label status = Controls.label("", "small");
    private final Label examples = Controls.label(EXAMPLES, "statements", "muted");
    private final ComboBox<EditOffer> kind = new ComboBox<>();
    private final Button apply = Controls.button("mdi2c-check", "Apply", "primary-button", this::apply);
    private final EditCheck check;
    private boolean applying;

    /// @param subject what is edited, in words
    /// @param offers what can be chosen in the form
    /// @param first the one of them that is chosen
    public EditForm(Workbench workbench, Overlay overlay, String subject, List<EditOffer> offers, EditOffer first) {
        super(10);
        this.workbench = workbench;
        this.overlay = overlay;
        check = new EditCheck(workbench, Platform::runLater, this::told);
        setId("edit-form");
        setPadding(new Insets(16));
        setPrefWidth(WIDTH);
        fill(subject, offers);
        kind.valueProperty().addListener((o, before, now) -> begin(now));
        statement.textProperty().addListener((o, before, now) -> typed());
        sceneProperty().addListener((o, before, now) -> {
            if (now == null) {
                check.end();
            }
        });
        kind.setValue(first);
    }

    private void fill(String subject, List<EditOffer> offers) {
        Label title = Controls.label("Edit " + subject, "strong");
        title.setMinWidth(0);
        kind.setId("edit-kind");
        kind.getItems().setAll(offers);
        HBox head = new HBox(8, title, Controls.gap(), kind);
        kind.setMinWidth(USE_PREF_SIZE);
        head.setAlignment(Pos.CENTER_LEFT);
        String shown = workbench.store().state().shown().map(v -> v.name()).orElse("");
        Label where = Controls.label(
                workbench.editsShown()
                        ? "Goes into “" + shown + "”, which is made anew. Undo brings it back as it was."
                        : "A new variant below “" + shown + "”. The source file stays as it is.",
                "small",
                "muted");
        statement.setId("edit-statement");
        statement.getStyleClass().add("statements");
        statement.setWrapText(true);
        statement.setPrefRowCount(ROWS);
        statement.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER && e.isShortcutDown()) {
                apply();
                e.consume();
            }
        });
        status.setId("edit-status");
        for (Label text : List.of(help, status)) {
            text.setWrapText(true);
        }
        help.setMinHeight(USE_PREF_SIZE);
        // Room for a message, so that nothing moves while one writes.
        status.setMinHeight(TWO_LINES);
        status.setAlignment(Pos.TOP_LEFT);
        apply.setId("edit-apply");
        apply.setTooltip(new Tooltip("Ctrl+Enter"));
        HBox foot = new HBox(
                8,
                Controls.label("Ctrl+Enter applies", "caption"),
                Controls.gap(),
                Controls.button("mdi2c-close", "Cancel", "ghost-button", overlay::close),
                apply);
        foot.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, where, statement, help, examples, status, foot);
    }

    /// Puts the focus into the statement, with what is to be written over selected.
    public void focusStatement() {
        statement.requestFocus();
        EditOffer offer = kind.getValue();
        statement.selectRange(offer.from(), offer.to());
    }

    private void begin(EditOffer offer) {
        boolean free = offer.kind() == EditOffer.Kind.FREE;
        help.setText(offer.help());
        examples.setVisible(free);
        examples.setManaged(free);
        statement.setText(offer.statement());
        typed();
        overlay.requestLayout();
        Platform.runLater(this::focusStatement);
    }

    private void typed() {
        applying = false;
        EditOffer offer = kind.getValue();
        boolean untouched = statement.getText().equals(offer.statement())
                && (offer.kind() == EditOffer.Kind.RENAME || offer.kind() == EditOffer.Kind.SET);
        if (untouched || statement.getText().isBlank()) {
            // Nothing would change.
            check.end();
            told(new EditCheck.Found.Nothing());
        } else {
            check.look(statement.getText());
        }
    }

    private void told(EditCheck.Found found) {
        boolean wrong = found instanceof EditCheck.Found.Wrong;
        apply.setDisable(wrong || found instanceof EditCheck.Found.Nothing);
        statement.pseudoClassStateChanged(WRONG, wrong);
        status.getStyleClass().removeAll("bad", "muted");
        status.getStyleClass().add(wrong ? "bad" : "muted");
        switch (found) {
            case EditCheck.Found.Nothing n -> status.setText("");
            case EditCheck.Found.Readable r ->
                status.setText(applying ? "Applied as soon as it is known that the model stays valid …" : "…");
            case EditCheck.Found.Wrong(String why) -> {
                applying = false;
                status.setText(why);
            }
            case EditCheck.Found.Valid(String what) -> {
                status.setText(what);
                if (applying) {
                    commit();
                }
            }
        }
    }

    /// At once when the statement was found valid, else when it is.
    private void apply() {
        if (!apply.isDisabled()) {
            applying = true;
            check.now();
        }
    }

    private void commit() {
        String script = statement.getText().strip();
        overlay.close();
        workbench.edit(script);
    }
}
