package dev.lathe.app.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Remembers a table's columns (order, widths, which are shown) as one line of text such as
/// `layer:fit,op:110,time:96:hidden`; `fit` is the width of a column that follows the table's.
public record ColumnMemory(Supplier<Optional<String>> load, Consumer<String> store) {
    private static final String FIT = "fit";

    /// For a table that starts anew each time.
    public static ColumnMemory none() {
        return new ColumnMemory(Optional::empty, s -> {});
    }

    /// Sets the columns as remembered and stores every later change. Columns that the line does not know stay where
    /// they are, so that a new version may add some.
    <T> void restore(TableView<T> table, FittedNames<T> fitted) {
        load.get().ifPresent(line -> apply(table, fitted, line));
        table.getColumns().forEach(c -> {
            c.widthProperty().addListener((o, before, now) -> store.accept(words(table, fitted)));
            c.visibleProperty().addListener((o, before, now) -> store.accept(words(table, fitted)));
        });
        table.getColumns().addListener((ListChangeListener<TableColumn<T, ?>>) c -> store.accept(words(table, fitted)));
    }

    private static <T> void apply(TableView<T> table, FittedNames<T> fitted, String line) {
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
                    if (!f[1].equals(FIT)) {
                        c.setPrefWidth(Math.clamp(Double.parseDouble(f[1]), 36, 2000));
                        fitted.leave(c);
                    }
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

    private static <T> String words(TableView<T> table, FittedNames<T> fitted) {
        StringBuilder b = new StringBuilder();
        for (TableColumn<T, ?> c : table.getColumns()) {
            b.append(b.isEmpty() ? "" : ",")
                    .append(c.getId())
                    .append(':')
                    .append(fitted.follows(c) ? FIT : Math.round(c.getWidth()))
                    .append(c.isVisible() ? "" : ":hidden");
        }
        return b.toString();
    }
}
