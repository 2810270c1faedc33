package dev.lathe.app.parts;

import javafx.scene.Cursor;
import javafx.scene.control.Button;
import org.controlsfx.control.textfield.CustomTextField;
import org.kordamp.ikonli.javafx.FontIcon;

/// A field that narrows a list down: a picture at its left, and at its right, once something is written, a button that
/// clears it.
public final class FilterField extends CustomTextField {
    public FilterField(String icon, String prompt) {
        getStyleClass().add("filter-field");
        setPromptText(prompt);
        setAccessibleText(prompt);
        FontIcon picture = new FontIcon(icon);
        picture.getStyleClass().add("filter-icon");
        setLeft(picture);
        Button clear = new Button("", new FontIcon("mdi2c-close"));
        clear.getStyleClass().add("filter-clear");
        clear.setAccessibleText("Clear the filter");
        clear.setFocusTraversable(false);
        clear.setCursor(Cursor.HAND);
        clear.setOnAction(e -> clear());
        clear.visibleProperty().bind(textProperty().isNotEmpty());
        setRight(clear);
    }
}
