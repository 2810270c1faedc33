package dev.lathe.app.parts;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What a place of the frame shows while it has nothing to show: an icon, what is missing, what to do, and the buttons
/// that do it.
public final class EmptyState extends VBox {
    public EmptyState(String icon, String missing, String advice, Node... remedies) {
        getStyleClass().add("empty-pane");
        setAlignment(Pos.CENTER);
        FontIcon picture = Controls.icon(icon, "empty-icon");
        Label line = Controls.label(advice, "empty-line");
        line.setWrapText(true);
        line.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        getChildren().addAll(picture, Controls.label(missing, "empty-title"), line);
        if (remedies.length > 0) {
            HBox row = new HBox(8, remedies);
            row.setAlignment(Pos.CENTER);
            getChildren().add(row);
        }
    }
}
