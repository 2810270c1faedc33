package dev.lathe.app.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Remembers a table's columns (order, widths, which are shown) as one line of text such as `op:110,time:96:hidden`.
public record ColumnMemory(Supplier<Optional<String>> load, Consumer<String> store) {
    /// For a table that starts anew each time.
    public static ColumnMemory none() {
        return new ColumnMemory(Optional::empty, s -> {});
    }

    /// Sets the columns as remembered and stores every later change. Columns that the line does not know stay where
    /// they
    /// are, so that a new version may add some.
    <T> void restore(TableView<T> table) {
        load.get().ifPresent(line -> apply(table, line));
        table.getColumns().forEach(c -> {
            c.widthProperty().addListener((o, before, now) -> store.accept(words(table)));
            c.visibleProperty().addListener((o, before, now) -> store.accept(words(table)));
        });
        table.getColumns().addListener((ListChangeListener<TableColumn<T, ?>>) c -> store.accept(words(table)));
    }

    private static <T> void apply(TableView<T> table, String line) {
        List<TableColumn<T, ?>> left = new ArrayList<>(table.getColumns());
        List<TableColumn<T, ?>> order = new ArrayList<>();
        for (String part : line.split(",")) {
            String[] f = part.split(":");
            Optional<TableColumn<T, ?>> column =
                    left.stream().filter(c -> f[0].equals(c.getId())).findFirst();
            column.ifPresent(c -> {
                left.remove(c);
                order.add(c);
                try {
                    c.setPrefWidth(Math.clamp(Double.parseDouble(f[1]), 36, 2000));
                } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                    // A line that somebody edited: the width stays as it is.
                    return;
                }
                c.setVisible(f.length < 3 || !f[2].equals("hidden"));
            });
        }
        order.addAll(left);
        table.getColumns().setAll(order);
    }

    private static <T> String words(TableView<T> table) {
        StringBuilder b = new StringBuilder();
        for (TableColumn<T, ?> c : table.getColumns()) {
            b.append(b.isEmpty() ? "" : ",")
                    .append(c.getId())
                    .append(':')
                    .append(Math.round(c.getWidth()))
                    .append(c.isVisible() ? "" : ":hidden");
        }
        return b.toString();
    }
}
