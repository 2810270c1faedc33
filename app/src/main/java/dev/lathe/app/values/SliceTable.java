package dev.lathe.app.values;

import dev.lathe.app.ui.Numbers;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The numbers of a slice. Rows are read when they are drawn; of the columns so many as a table can have.
final class SliceTable extends TableView<Long> {
    /// A table makes a node for each of its columns.
    static final int COLUMNS = 48;

    private Optional<TensorSlice> slice = Optional.empty();
    private long first;

    SliceTable() {
        setId("slice-table");
        getStyleClass().add("pane-table");
        setFixedCellSize(24);
        setMinWidth(0);
    }

    /// @param from the first column
    void show(TensorSlice next, long from) {
        boolean columns = slice.isEmpty() || count(slice.get(), first) != count(next, from) || first != from;
        slice = Optional.of(next);
        first = from;
        if (columns) {
            columns(next);
        }
        int rows = (int) Math.min(Integer.MAX_VALUE, next.rows());
        if (getItems().size() != rows) {
            getItems().clear();
            setItems(FXCollections.observableList(new AbstractList<>() {
                @Override
                public Long get(int index) {
                    return (long) index;
                }

                @Override
                public int size() {
                    return rows;
                }
            }));
        }
        refresh();
    }

    private static int count(TensorSlice s, long from) {
        return (int) Math.min(COLUMNS, s.columns() - from);
    }

    private void columns(TensorSlice s) {
        List<TableColumn<Long, Long>> all = new ArrayList<>();
        TableColumn<Long, Long> head = column("");
        head.setPrefWidth(64);
        head.setCellFactory(c -> new Cell(-1, true));
        all.add(head);
        for (int i = 0; i < count(s, first); i++) {
            long at = first + i;
            TableColumn<Long, Long> c = column(Numbers.grouped(at));
            c.setCellFactory(x -> new Cell(at, false));
            all.add(c);
        }
        getColumns().setAll(all);
    }

    private static TableColumn<Long, Long> column(String title) {
        TableColumn<Long, Long> c = new TableColumn<>(title);
        c.setPrefWidth(84);
        c.setSortable(false);
        c.setReorderable(false);
        c.getStyleClass().add("number-column");
        c.setCellValueFactory(v -> new ReadOnlyObjectWrapper<>(v.getValue()));
        return c;
    }

    private final class Cell extends TableCell<Long, Long> {
        private final long column;
        private final boolean head;

        Cell(long column, boolean head) {
            this.column = column;
            this.head = head;
            setAlignment(Pos.CENTER_RIGHT);
            getStyleClass().addAll("number", head ? "cell-muted" : "cell-text");
        }

        @Override
        protected void updateItem(Long row, boolean empty) {
            super.updateItem(row, empty);
            setText(
                    empty || row == null || slice.isEmpty()
                            ? ""
                            : head ? Numbers.grouped(row) : slice.get().words(row, column));
        }
    }
}
