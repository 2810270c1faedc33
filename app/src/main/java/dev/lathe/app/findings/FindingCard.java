package dev.lathe.app.findings;

import dev.lathe.app.parts.Controls;
import dev.lathe.profile.insight.Finding;
import dev.lathe.profile.insight.Gain;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// One finding: what it is and what it wins, why, what to do, and the buttons that do it. A click, or Enter, shows its
/// layers on the canvas.
final class FindingCard extends HBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final FindingRow row;

    FindingCard(FindingRow row, int number, FindingsViewModel model) {
        super(8);
        this.row = row;
        Finding f = row.finding();
        getStyleClass().add("finding");
        setId("finding-" + number);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setAccessibleText(f.title());
        HBox head = new HBox(10, wrapped(f.title(), "finding-title"));
        head.setAlignment(Pos.BASELINE_LEFT);
        if (!row.where().isEmpty()) {
            head.getChildren().add(whole(Controls.label(row.where(), "finding-where")));
        }
        head.getChildren().add(Controls.gap());
        f.gain().ifPresent(g -> head.getChildren().add(gain(g)));
        HBox what = new HBox(8, wrapped(f.remedy().text(), "finding-remedy"));
        what.getChildren().addFirst(Controls.icon("mdi2a-arrow-right", "finding-arrow"));
        what.getChildren().add(Controls.gap());
        what.getChildren().addAll(buttons(number, model));
        what.setAlignment(Pos.CENTER_LEFT);
        VBox text = new VBox(2, head, wrapped(f.explanation(), "finding-explanation"), what);
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMinWidth(0);
        getChildren().addAll(mark(f.severity()), text);
        setOnMouseClicked(e -> {
            requestFocus();
            model.choose(row);
        });
        setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                model.choose(row);
                e.consume();
            }
        });
    }

    FindingRow row() {
        return row;
    }

    void showChosen(boolean chosen) {
        pseudoClassStateChanged(CHOSEN, chosen);
    }

    private static FontIcon mark(Finding.Severity severity) {
        FontIcon icon = Controls.icon(
                severity == Finding.Severity.CAUTION ? "mdi2a-alert" : "mdi2l-lightbulb-on-outline",
                "finding-mark",
                switch (severity) {
                    case CAUTION -> "warn";
                    case HIGH -> "high";
                    case MEDIUM -> "medium";
                    case LOW -> "low";
                });
        return icon;
    }

    private static Label gain(Gain g) {
        Label label = whole(Controls.label(g.text(), "finding-gain"));
        if (g.kind() != Gain.Kind.MEASURED) {
            label.getStyleClass().add("estimate");
        }
        return label;
    }

    private List<Node> buttons(int number, FindingsViewModel model) {
        List<Node> buttons = new ArrayList<>();
        row.pass().ifPresent(p -> {
            Button apply =
                    Controls.button("mdi2t-tune-variant", p.title() + "…", "plain-button", () -> model.apply(row));
            apply.setId("finding-apply-" + number);
            apply.setTooltip(new Tooltip("Open Optimize with this pass chosen"));
            apply.setMinWidth(USE_PREF_SIZE);
            buttons.add(apply);
        });
        row.again().ifPresent(change -> {
            Button set = Controls.button(
                    "mdi2c-cog-outline", "Set " + change.words(), "plain-button", () -> model.apply(row));
            set.setId("finding-set-" + number);
            set.setTooltip(new Tooltip("The next runs take " + change.words()));
            set.setMinWidth(USE_PREF_SIZE);
            buttons.add(set);
        });
        row.command().filter(c -> row.pass().isEmpty()).ifPresent(c -> {
            Button copy = Controls.button("mdi2c-content-copy", "Copy command", "plain-button", () -> copy(c));
            copy.setId("finding-copy-" + number);
            copy.setTooltip(new Tooltip(c));
            copy.setMinWidth(USE_PREF_SIZE);
            buttons.add(copy);
        });
        return buttons;
    }

    private static void copy(String command) {
        ClipboardContent content = new ClipboardContent();
        content.putString(command);
        Clipboard.getSystemClipboard().setContent(content);
    }

    private static Label whole(Label label) {
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static Label wrapped(String text, String style) {
        Label label = Controls.label(text, style);
        label.setWrapText(true);
        label.setMinWidth(0);
        // Else a pane that is too low cuts the last line instead of scrolling.
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
