package dev.lathe.app.layers;

import dev.lathe.app.parts.FilterField;
import dev.lathe.app.parts.Segments;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.controlsfx.control.SegmentedButton;
import org.kordamp.ikonli.javafx.FontIcon;

/// What stands at the right of the tab strip while Layers is shown: layers or nodes, filter, copy, columns.
final class LayersBar extends HBox {
    private final FilterField filter = new FilterField("mdi2f-filter-variant", "Filter layers");

    LayersBar(LayersViewModel model, Runnable copy, Runnable export, TableView<LayerRow> table) {
        super(8);
        setAlignment(Pos.CENTER_RIGHT);
        getStyleClass().add("tab-tools");
        ToggleButton layers = segment("layers");
        ToggleButton nodes = segment("nodes");
        SegmentedButton segments = Segments.of(List.of(layers, nodes));
        layers.setSelected(true);
        nodes.selectedProperty().addListener((o, before, now) -> model.perNode().set(now));
        filter.setId("layers-filter");
        filter.textProperty().bindBidirectional(model.filter());
        filter.setOnKeyPressed(e -> {
            if (e.getCode() == javafx.scene.input.KeyCode.ESCAPE) {
                filter.clear();
                table.requestFocus();
                e.consume();
            }
        });
        getChildren()
                .addAll(
                        segments,
                        filter,
                        button("mdi2c-content-copy", "Copy the selected rows, or all (Ctrl+C)", copy),
                        button("mdi2d-download-outline", "Save the shown rows as CSV", export),
                        columns(table));
    }

    void focusFilter() {
        filter.requestFocus();
    }

    private static ToggleButton segment(String text) {
        ToggleButton b = new ToggleButton(text);
        b.setId("layers-per-" + text);
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
