package dev.lathe.app.layers;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;

/// What stands at the right of the tab strip while Layers is shown: layers or nodes, filter, copy, columns.
final class LayersBar extends HBox {
    private final TextField filter = new TextField();

    LayersBar(LayersViewModel model, Runnable copy, Runnable export, TableView<LayerRow> table) {
        super(8);
        setAlignment(Pos.CENTER_RIGHT);
        getStyleClass().add("tab-tools");
        ToggleGroup group = new ToggleGroup();
        ToggleButton layers = segment("layers", group);
        ToggleButton nodes = segment("nodes", group);
        nodes.getStyleClass().add("last");
        layers.setSelected(true);
        HBox segments = new HBox(layers, nodes);
        segments.getStyleClass().add("segments");
        group.selectedToggleProperty().addListener((o, before, now) -> {
            if (now == null) {
                group.selectToggle(before);
            } else {
                model.perNode().set(now == nodes);
            }
        });
        filter.setId("layers-filter");
        filter.setPromptText("Filter layers");
        filter.getStyleClass().add("filter-field");
        filter.textProperty().bindBidirectional(model.filter());
        filter.setOnKeyPressed(e -> {
            if (e.getCode() == javafx.scene.input.KeyCode.ESCAPE) {
                filter.clear();
                table.requestFocus();
                e.consume();
            }
        });
        FontIcon lens = new FontIcon("mdi2f-filter-variant");
        lens.getStyleClass().add("filter-icon");
        lens.setMouseTransparent(true);
        StackPane field = new StackPane(filter, lens);
        StackPane.setAlignment(lens, Pos.CENTER_LEFT);
        getChildren()
                .addAll(
                        segments,
                        field,
                        button("mdi2c-content-copy", "Copy the selected rows, or all (Ctrl+C)", copy),
                        button("mdi2d-download-outline", "Save the shown rows as CSV", export),
                        columns(table));
    }

    void focusFilter() {
        filter.requestFocus();
    }

    private static ToggleButton segment(String text, ToggleGroup group) {
        ToggleButton b = new ToggleButton(text);
        b.setId("layers-per-" + text);
        b.setToggleGroup(group);
        b.getStyleClass().add("segment");
        return b;
    }

    static Button button(String icon, String tooltip, Runnable action) {
        Button b = new Button("", new FontIcon(icon));
        b.getStyleClass().addAll("icon-button", "small-icon-button");
        b.setTooltip(new Tooltip(tooltip));
        b.setAccessibleText(tooltip);
        b.setOnAction(e -> action.run());
        return b;
    }

    private static MenuButton columns(TableView<LayerRow> table) {
        MenuButton menu = new MenuButton("", new FontIcon("mdi2v-view-column-outline"));
        menu.getStyleClass().addAll("icon-button", "small-icon-button", "no-arrow");
        menu.setTooltip(new Tooltip("Columns"));
        menu.setAccessibleText("Columns");
        menu.setOnShowing(e -> menu.getItems()
                .setAll(table.getColumns().stream()
                        .map(c -> {
                            CheckMenuItem item = new CheckMenuItem(c.getText());
                            item.setSelected(c.isVisible());
                            item.selectedProperty().addListener((o, before, now) -> c.setVisible(now));
                            return item;
                        })
                        .toList()));
        return menu;
    }
}
