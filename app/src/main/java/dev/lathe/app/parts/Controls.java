package dev.lathe.app.parts;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/// The small parts that the frame is made of, all dressed by style classes.
public final class Controls {
    private Controls() {}

    public static FontIcon icon(String literal, String... styleClasses) {
        FontIcon icon = new FontIcon(literal);
        icon.getStyleClass().addAll(styleClasses);
        return icon;
    }

    public static Label label(String text, String... styleClasses) {
        Label label = new Label(text);
        label.getStyleClass().addAll(styleClasses);
        return label;
    }

    /// A button with an icon and a word; `styleClass` is `ghost-button`, `plain-button`, `primary-button` or
    /// `run-button`.
    public static Button button(String icon, String text, String styleClass, Runnable act) {
        Button button = new Button(text, icon(icon));
        button.getStyleClass().add(styleClass);
        button.setOnAction(e -> act.run());
        return button;
    }

    /// A square button of an icon alone; `what` is its tooltip and what a screen reader says.
    public static Button iconButton(String icon, String what, Runnable act) {
        Button button = new Button("", icon(icon));
        button.getStyleClass().add("icon-button");
        button.setTooltip(new Tooltip(what));
        button.setAccessibleText(what);
        button.setAccessibleRole(AccessibleRole.BUTTON);
        button.setOnAction(e -> act.run());
        return button;
    }

    public static Button link(String text, Runnable act) {
        Button button = new Button(text);
        button.getStyleClass().add("link-button");
        button.setOnAction(e -> act.run());
        return button;
    }

    public static Region gap() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    public static Region verticalRule() {
        Region rule = new Region();
        rule.getStyleClass().add("vertical-rule");
        return rule;
    }

    public static Region horizontalRule() {
        Region rule = new Region();
        rule.getStyleClass().add("horizontal-rule");
        return rule;
    }

    /// The header of a side pane: icon, title, and what stands at its right.
    public static HBox paneHeader(String icon, String title, Node... right) {
        HBox header = new HBox(icon(icon), label(title, "title"), gap());
        header.getStyleClass().add("pane-header");
        header.getChildren().addAll(right);
        return header;
    }
}
