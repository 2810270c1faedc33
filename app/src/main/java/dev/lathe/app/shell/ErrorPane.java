package dev.lathe.app.shell;

import dev.lathe.app.parts.Controls;
import dev.lathe.core.Diagnostic;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// A problem in the place where it matters: what happened, where, what to do, and buttons that do it.
public final class ErrorPane extends HBox {
    public ErrorPane(String icon, Diagnostic problem, Node... remedies) {
        getStyleClass().add("error-pane");
        setId("error-pane");
        Label what = Controls.label(sentence(problem.message()), "error-what");
        what.setWrapText(true);
        VBox words = new VBox(6, what);
        String where = problem.place().words();
        if (!where.isEmpty()) {
            Label place = Controls.label(where, "mono");
            place.setWrapText(true);
            words.getChildren().add(place);
        }
        problem.remedy().ifPresent(text -> {
            Label remedy = Controls.label(text, "error-where");
            remedy.setWrapText(true);
            words.getChildren().add(remedy);
        });
        HBox buttons = new HBox(8, remedies);
        buttons.setAlignment(Pos.CENTER_LEFT);
        buttons.getChildren().add(Controls.button("mdi2c-content-copy", "Copy details", "ghost-button", () -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(problem.code() + ": " + problem.line());
            Clipboard.getSystemClipboard().setContent(content);
        }));
        VBox.setMargin(buttons, new javafx.geometry.Insets(6, 0, 0, 0));
        words.getChildren().add(buttons);
        HBox.setHgrow(words, javafx.scene.layout.Priority.ALWAYS);
        getChildren().addAll(Controls.icon(icon, "error-icon"), words);
    }

    /// On a line of output a message comes after the program's name; here it stands alone.
    static String sentence(String message) {
        return message.isEmpty() ? message : message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
    }
}
