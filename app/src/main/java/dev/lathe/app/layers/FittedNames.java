package dev.lathe.app.layers;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Gives columns with names what the others leave of the table's width, so that no number is cut and no column lies
/// beyond the edge: names end with … first. A column whose width somebody chose keeps it.
final class FittedNames<T> {
    /// The scroll bar at the right, and the table's border.
    private static final double BESIDE = 16;

    private final TableView<T> table;
    /// With the least width that says something; room is given in proportion to it.
    private final Map<TableColumn<T, ?>, Double> names = new LinkedHashMap<>();
    private boolean fitting;

    FittedNames(TableView<T> table) {
        this.table = table;
    }

    FittedNames<T> with(TableColumn<T, ?> column, double least) {
        names.put(column, least);
        return this;
    }

    /// Whether the column's width follows the table's.
    boolean follows(TableColumn<?, ?> column) {
        return names.containsKey(column);
    }

    /// Somebody chose its width.
    void leave(TableColumn<?, ?> column) {
        names.remove(column);
    }

    void begin() {
        table.widthProperty().addListener((o, before, now) -> fit());
        table.getVisibleLeafColumns().addListener((ListChangeListener<TableColumn<T, ?>>) c -> fit());
        table.getColumns()
                .forEach(c -> c.widthProperty().addListener((o, before, now) -> {
                    if (!fitting) {
                        leave(c);
                        fit();
                    }
                }));
        fit();
    }

    private void fit() {
        double room = table.getWidth() - BESIDE;
        double least = 0;
        for (TableColumn<T, ?> c : table.getVisibleLeafColumns()) {
            room -= names.containsKey(c) ? 0 : c.getWidth();
            least += names.getOrDefault(c, 0.0);
        }
        if (table.getWidth() <= 0 || least == 0) {
            return;
        }
        double part = Math.max(1, room / least);
        fitting = true;
        names.forEach((c, w) -> {
            if (c.isVisible()) {
                c.setPrefWidth(Math.floor(w * part));
            }
        });
        fitting = false;
    }
}
