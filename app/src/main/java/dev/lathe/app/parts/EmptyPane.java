package dev.lathe.app.parts;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What a pane shows while it has nothing to show: an icon, what is missing, what to do, and controls that do it.
public final class EmptyPane extends VBox {
    public EmptyPane(String icon, String missing, String advice, Node... remedies) {
        getStyleClass().add("empty-pane");
        setAlignment(Pos.CENTER);
        FontIcon picture = new FontIcon(icon);
        picture.setIconSize(36);
        picture.getStyleClass().add("empty-icon");
        Label title = new Label(missing);
        title.getStyleClass().add("empty-title");
        Label line = new Label(advice);
        line.getStyleClass().add("empty-line");
        line.setWrapText(true);
        line.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        getChildren().addAll(picture, title, line);
        if (remedies.length > 0) {
            HBox row = new HBox(8, remedies);
            row.setAlignment(Pos.CENTER);
            getChildren().add(row);
        }
    }
}
