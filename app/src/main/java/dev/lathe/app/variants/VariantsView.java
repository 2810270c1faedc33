package dev.lathe.app.variants;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.ui.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The tree of variants: name, median ms, MB, and below each what it is against the original; a click shows the variant
/// everywhere.
public final class VariantsView extends BorderPane {
    private static final double TIME_WIDTH = 88;
    private static final double SIZE_WIDTH = 56;
    private static final double ROW = 24;
    private static final double ROW_OF_TWO_LINES = 36;

    private final VariantsViewModel model;
    private final TreeTableView<VariantRow> tree = new TreeTableView<>();
    private final Map<VariantId, TreeItem<VariantRow>> items = new HashMap<>();
    private boolean updating;

    /// @param frames runs a task with each frame: other variants are shown with the next one
    public VariantsView(VariantsViewModel model, Executor frames, Runnable optimize, Runnable more) {
        this.model = model;
        getStyleClass().addAll("pane", "variants", "in-pane");
        setTop(Controls.paneHeader(
                "mdi2s-source-branch",
                "Variants",
                Controls.iconButton("mdi2p-plus", "Optimize: add a variant", optimize),
                Controls.iconButton("mdi2d-dots-horizontal", "Export…", more)));
        tree.setId("variants-tree");
        tree.setShowRoot(false);
        tree.setEditable(true);
        tree.setColumnResizePolicy(TreeTableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TreeTableColumn<VariantRow, VariantRow> name = nameColumn();
        tree.getColumns()
                .setAll(List.of(
                        name,
                        number("ms", TIME_WIDTH, VariantRow::ms, VariantGain::speed),
                        number("MB", SIZE_WIDTH, VariantRow::mb, VariantGain::size)));
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
        setBottom(Controls.label("… being made  ·  " + Numbers.UNKNOWN + " not yet run  ·  × original", "pane-foot"));
        model.onRows(rows -> frames.execute(() -> fill(rows)));
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

    private static TreeTableColumn<VariantRow, VariantRow> number(
            String title,
            double width,
            Function<VariantRow, String> text,
            Function<VariantGain, Optional<VariantGain.Word>> gain) {
        TreeTableColumn<VariantRow, VariantRow> column = new TreeTableColumn<>(title);
        column.setSortable(false);
        column.setReorderable(false);
        column.getStyleClass().add("number");
        column.setMinWidth(width);
        column.setMaxWidth(width);
        column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue().getValue()));
        column.setCellFactory(c -> new LinesCell(Pos.CENTER_RIGHT, text, gain));
        return column;
    }

    /// Text with a smaller line below it, where there is something to say there.
    private static class LinesCell extends TreeTableCell<VariantRow, VariantRow> {
        private final Label first = Controls.label("", "variant-text");
        private final Label second = Controls.label("", "variant-gain");
        private final VBox lines = new VBox(first, second);
        private final Function<VariantRow, String> text;
        private final Function<VariantGain, Optional<VariantGain.Word>> gain;

        LinesCell(
                Pos alignment,
                Function<VariantRow, String> text,
                Function<VariantGain, Optional<VariantGain.Word>> gain) {
            this.text = text;
            this.gain = gain;
            lines.setAlignment(alignment);
            lines.setMinWidth(0);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        }

        @Override
        protected void updateItem(VariantRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                return;
            }
            first.setText(text.apply(row));
            Optional<VariantGain.Word> word = gain.apply(row.gain());
            second.setText(word.map(VariantGain.Word::text).orElse(""));
            second.getStyleClass().removeAll("good", "bad");
            word.map(VariantGain.Word::mood).ifPresent(m -> {
                switch (m) {
                    case BETTER -> second.getStyleClass().add("good");
                    case WORSE -> second.getStyleClass().add("bad");
                    case NEITHER -> {}
                }
            });
            // Kept in the row of two lines although it is empty: numbers stand beside numbers.
            second.setVisible(!row.gain().isEmpty());
            second.setManaged(!row.gain().isEmpty());
            setGraphic(graphic(row, lines));
        }

        Node graphic(VariantRow row, Node words) {
            return words;
        }
    }

    private static final class NameCell extends LinesCell {
        NameCell() {
            super(Pos.CENTER_LEFT, VariantRow::name, VariantGain::accuracy);
            getStyleClass().add("variant-cell");
        }

        @Override
        Node graphic(VariantRow row, Node words) {
            HBox box =
                    new HBox(6, Controls.icon(row.icon(), row.icon().equals("mdi2a-alert") ? "bad" : "muted"), words);
            box.setAlignment(Pos.CENTER_LEFT);
            return box;
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
            setPrefHeight(empty || row == null || row.gain().isEmpty() ? ROW : ROW_OF_TWO_LINES);
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
