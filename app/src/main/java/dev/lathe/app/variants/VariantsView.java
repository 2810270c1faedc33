package dev.lathe.app.variants;

import dev.lathe.app.VariantId;
import dev.lathe.app.shell.Controls;
import dev.lathe.app.ui.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;

/// The tree of variants: name, median ms, MB; a click shows the variant everywhere.
public final class VariantsView extends BorderPane {
    private static final double NUMBER_WIDTH = 56;

    private final VariantsViewModel model;
    private final TreeTableView<VariantRow> tree = new TreeTableView<>();
    private final Map<VariantId, TreeItem<VariantRow>> items = new HashMap<>();
    private boolean updating;

    public VariantsView(VariantsViewModel model, Runnable optimize, Runnable more) {
        this.model = model;
        getStyleClass().addAll("pane", "variants", "in-pane");
        setTop(Controls.paneHeader(
                "mdi2s-source-branch",
                "Variants",
                Controls.iconButton("mdi2p-plus", "Optimize: add a variant", optimize),
                Controls.iconButton("mdi2d-dots-horizontal", "Export…", more)));
        tree.setId("variants-tree");
        tree.setShowRoot(false);
        tree.setFixedCellSize(24);
        tree.setEditable(true);
        tree.setColumnResizePolicy(TreeTableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TreeTableColumn<VariantRow, VariantRow> name = nameColumn();
        tree.getColumns().setAll(List.of(name, number("ms", VariantRow::ms), number("MB", VariantRow::mb)));
        tree.setTreeColumn(name);
        tree.setRowFactory(t -> new Row());
        tree.getSelectionModel().selectedItemProperty().addListener((o, a, item) -> {
            if (!updating && item != null) {
                model.select(item.getValue().id());
            }
        });
        tree.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.DELETE) {
                selected().ifPresent(model::remove);
            }
        });
        setCenter(tree);
        setBottom(Controls.label("… being made  ·  " + Numbers.UNKNOWN + " not yet run", "pane-foot"));
        model.onRows(this::fill);
        model.onSelected(this::showSelected);
    }

    private Optional<VariantId> selected() {
        return Optional.ofNullable(tree.getSelectionModel().getSelectedItem())
                .map(i -> i.getValue().id());
    }

    private void fill(List<VariantRow> rows) {
        updating = true;
        List<VariantId> ids = rows.stream().map(VariantRow::id).toList();
        if (items.size() == ids.size() && items.keySet().containsAll(ids)) {
            rows.forEach(r -> Optional.ofNullable(items.get(r.id())).ifPresent(i -> i.setValue(r)));
        } else {
            items.clear();
            TreeItem<VariantRow> root = new TreeItem<>();
            for (VariantRow r : rows) {
                TreeItem<VariantRow> item = new TreeItem<>(r);
                item.setExpanded(true);
                items.put(r.id(), item);
                r.parent()
                        .flatMap(p -> Optional.ofNullable(items.get(p)))
                        .orElse(root)
                        .getChildren()
                        .add(item);
            }
            root.setExpanded(true);
            tree.setRoot(root);
        }
        updating = false;
        model.onceSelected(this::showSelected);
    }

    private void showSelected(VariantId id) {
        updating = true;
        Optional.ofNullable(items.get(id))
                .ifPresent(i -> tree.getSelectionModel().select(i));
        updating = false;
    }

    private TreeTableColumn<VariantRow, VariantRow> nameColumn() {
        TreeTableColumn<VariantRow, VariantRow> column = new TreeTableColumn<>("Name");
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue().getValue()));
        column.setCellFactory(c -> new NameCell());
        column.setPrefWidth(170);
        return column;
    }

    private static TreeTableColumn<VariantRow, String> number(String title, Function<VariantRow, String> text) {
        TreeTableColumn<VariantRow, String> column = new TreeTableColumn<>(title);
        column.setSortable(false);
        column.setReorderable(false);
        column.getStyleClass().add("number");
        column.setMinWidth(NUMBER_WIDTH);
        column.setMaxWidth(NUMBER_WIDTH);
        column.setCellValueFactory(
                f -> new ReadOnlyStringWrapper(text.apply(f.getValue().getValue())));
        return column;
    }

    private static final class NameCell extends TreeTableCell<VariantRow, VariantRow> {
        @Override
        protected void updateItem(VariantRow row, boolean empty) {
            super.updateItem(row, empty);
            getStyleClass().remove("variant-cell");
            if (empty || row == null) {
                setText("");
                setGraphic(null);
            } else {
                getStyleClass().add("variant-cell");
                setText(row.name());
                setGraphic(Controls.icon(row.icon(), row.icon().equals("mdi2a-alert") ? "bad" : "muted"));
                setGraphicTextGap(6);
            }
        }
    }

    private final class Row extends TreeTableRow<VariantRow> {
        private final Tooltip tooltip = new Tooltip();
        private final MenuItem remove = new MenuItem("Remove");
        private final ContextMenu menu = new ContextMenu(remove);

        Row() {
            remove.setOnAction(e -> model.remove(getItem().id()));
        }

        @Override
        protected void updateItem(VariantRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setTooltip(null);
                setContextMenu(null);
                return;
            }
            tooltip.setText(row.tip());
            setTooltip(tooltip);
            remove.setDisable(row.id().equals(VariantId.SOURCE));
            setContextMenu(menu);
        }
    }
}
