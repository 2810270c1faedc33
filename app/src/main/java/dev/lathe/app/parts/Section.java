package dev.lathe.app.parts;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// A titled part of a pane that folds away on a click (or Space) on its header.
public final class Section extends VBox {
    private final VBox content = new VBox();
    private final Label hint = new Label();
    private final FontIcon chevron = new FontIcon("mdi2c-chevron-down");

    public Section(String title) {
        getStyleClass().add("pane-section");
        content.getStyleClass().add("pane-section-content");
        Label name = new Label(title);
        name.getStyleClass().add("pane-section-title");
        name.setMinWidth(Region.USE_PREF_SIZE);
        hint.getStyleClass().add("pane-section-hint");
        chevron.getStyleClass().add("pane-section-chevron");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox header = new HBox(6, chevron, name, gap, hint);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("pane-section-header");
        header.setFocusTraversable(true);
        header.setOnMouseClicked(e -> setOpen(!content.isVisible()));
        header.setOnKeyPressed(e -> {
            if (e.getCode() == javafx.scene.input.KeyCode.SPACE) {
                setOpen(!content.isVisible());
                e.consume();
            }
        });
        getChildren().addAll(header, content);
    }

    public Section hint(String text) {
        hint.setText(text);
        return this;
    }

    public Section content(Node... nodes) {
        content.getChildren().setAll(nodes);
        return this;
    }

    public void setOpen(boolean open) {
        content.setVisible(open);
        content.setManaged(open);
        chevron.setIconLiteral(open ? "mdi2c-chevron-down" : "mdi2c-chevron-right");
    }
}
