package dev.lathe.app.outline;

import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.parts.FilterField;
import dev.lathe.app.ui.Palette;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.ListViewSkin;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;

/// The outline: the model's blocks as a tree of 22 px lines, each with its name, a cost strip and a number.
public final class OutlineView extends StackPane {
    private final OutlineViewModel model;
    private final ObservableList<OutlineRow> rows = FXCollections.observableArrayList();
    private final ListView<OutlineRow> list = new ListView<>(rows);
    private final FilterField filter = new FilterField("mdi2m-magnify", "Filter blocks and layers");
    private final StackPane filterLine = new StackPane();
    private boolean fromOutside;

    public OutlineView(OutlineViewModel model, ObservableValue<Palette> palette) {
        this.model = model;
        getStyleClass().add("outline-view");
        list.getStyleClass().add("outline-list");
        list.setId("outline");
        list.setFixedCellSize(22);
        list.setCellFactory(l -> new OutlineCell(model, palette));
        list.widthProperty().addListener((o, before, now) -> list.refresh());
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
        list.getSelectionModel().selectedItemProperty().addListener((o, before, now) -> {
            if (now != null && !fromOutside) {
                model.pick(now);
            }
        });
        filter.setId("outline-filter");
        filter.textProperty().bindBidirectional(model.filter());
        filter.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                hideFilter();
                e.consume();
            } else if (e.getCode() == KeyCode.DOWN) {
                list.requestFocus();
                list.getSelectionModel().selectFirst();
                e.consume();
            }
        });
        filterLine.getChildren().add(filter);
        filterLine.getStyleClass().add("outline-filter-line");
        filterLine.setVisible(false);
        filterLine.setManaged(false);
        BorderPane content = new BorderPane(list);
        content.setTop(filterLine);
        EmptyPane empty = new EmptyPane("mdi2f-file-tree", "No model", "The blocks of a model appear here.");
        empty.visibleProperty().bind(model.state().map(s -> !s.hasModel()));
        content.visibleProperty().bind(empty.visibleProperty().not());
        getChildren().addAll(content, empty);
        setOnKeyPressed(e -> {
            if (new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN).match(e)) {
                showFilter();
                e.consume();
            }
        });
        model.state().addListener((o, before, now) -> show(now));
        model.selectedPath().addListener((o, before, now) -> select(now));
        palette.addListener((o, before, now) -> list.refresh());
        show(model.state().get());
    }

    /// What the numbers are, and the filter's button: what stands in the pane's header.
    public List<Node> tools() {
        Label quantity = new Label();
        quantity.getStyleClass().add("pane-section-hint");
        quantity.textProperty().bind(model.state().map(OutlineState::quantity));
        Button search = new Button("", new FontIcon("mdi2m-magnify"));
        search.getStyleClass().addAll("icon-button", "small-icon-button");
        search.setTooltip(new Tooltip("Filter blocks and layers (Ctrl+F)"));
        search.setAccessibleText("Filter blocks and layers");
        search.setOnAction(e -> showFilter());
        return List.of(quantity, search);
    }

    /// Opens the filter field and puts the keyboard into it.
    public void showFilter() {
        filterLine.setVisible(true);
        filterLine.setManaged(true);
        filter.requestFocus();
    }

    private void hideFilter() {
        filter.clear();
        filterLine.setVisible(false);
        filterLine.setManaged(false);
        list.requestFocus();
    }

    private void keys(KeyEvent e) {
        OutlineRow row = list.getSelectionModel().getSelectedItem();
        if (row == null) {
            return;
        }
        switch (e.getCode()) {
            case RIGHT, ADD -> {
                model.setOpen(row.path(), true);
                e.consume();
            }
            case LEFT, SUBTRACT -> {
                if (row.expanded()) {
                    model.setOpen(row.path(), false);
                } else {
                    parentOf(row).ifPresent(p -> list.getSelectionModel().select(p));
                }
                e.consume();
            }
            case ENTER, SPACE -> {
                model.toggle(row.path());
                e.consume();
            }
            default -> {
                // other keys are the list's
            }
        }
    }

    private Optional<OutlineRow> parentOf(OutlineRow row) {
        for (int i = rows.indexOf(row) - 1; i >= 0; i--) {
            if (rows.get(i).depth() < row.depth()) {
                return Optional.of(rows.get(i));
            }
        }
        return Optional.empty();
    }

    private void show(OutlineState state) {
        fromOutside = true;
        if (samePaths(state.rows())) {
            // New numbers for the same lines: the list keeps its place.
            for (int i = 0; i < rows.size(); i++) {
                if (!rows.get(i).equals(state.rows().get(i))) {
                    rows.set(i, state.rows().get(i));
                }
            }
        } else {
            rows.setAll(state.rows());
        }
        list.refresh();
        fromOutside = false;
        select(model.selectedPath().get());
    }

    private boolean samePaths(List<OutlineRow> next) {
        if (next.size() != rows.size()) {
            return false;
        }
        for (int i = 0; i < next.size(); i++) {
            if (!next.get(i).path().equals(rows.get(i).path())) {
                return false;
            }
        }
        return true;
    }

    private void select(Optional<String> path) {
        fromOutside = true;
        int at = -1;
        for (int i = 0; i < rows.size() && path.isPresent(); i++) {
            if (rows.get(i).path().equals(path.get())) {
                at = i;
                break;
            }
        }
        if (at < 0) {
            list.getSelectionModel().clearSelection();
        } else {
            if (list.getSelectionModel().getSelectedIndex() != at) {
                list.getSelectionModel().clearAndSelect(at);
            }
            if (!isVisible(at)) {
                list.scrollTo(Math.max(0, at - 3));
            }
        }
        fromOutside = false;
    }

    private boolean isVisible(int index) {
        return list.getSkin() instanceof ListViewSkin<?> skin
                && skin.getChildren().stream()
                                .filter(VirtualFlow.class::isInstance)
                                .findFirst()
                                .orElse(null)
                        instanceof VirtualFlow<?> flow
                && flow.getFirstVisibleCell() != null
                && flow.getLastVisibleCell() != null
                && index >= flow.getFirstVisibleCell().getIndex()
                && index < flow.getLastVisibleCell().getIndex();
    }
}
