package dev.lathe.app.compare;

import dev.lathe.app.ui.Numbers;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The layers of two measurements, what slowed down most first, with the interval in which each change lies.
final class RunsTable extends TableView<RunRow> {
    private static final PseudoClass UNKNOWN = PseudoClass.getPseudoClass("unknown");

    RunsTable(RunsViewModel model) {
        setId("runs-table");
        getStyleClass().add("pane-table");
        setFixedCellSize(24);
        setMinWidth(0);
        column("Layers", 330, false, "strong", RunRow::layers, RunRow::layers);
        column("Op", 110, false, "", r -> r.group().op(), r -> r.group().op());
        column(
                "before",
                92,
                true,
                "",
                r -> ms(r.group().before()),
                r -> r.group().before());
        column(
                "after",
                92,
                true,
                "figure",
                r -> ms(r.group().after()),
                r -> r.group().after());
        column(
                "Δ",
                92,
                true,
                "change",
                r -> r.inBoth() ? change(r.group().loss()) : Numbers.UNKNOWN,
                r -> -r.group().loss());
        column(
                "change",
                84,
                true,
                "change",
                r -> r.group()
                        .change()
                        .map(d -> Double.isFinite(d.percent()) ? Numbers.change(d.percent() / 100) : Numbers.UNKNOWN)
                        .orElse(Numbers.UNKNOWN),
                r -> -r.group().change().map(d -> d.percent()).orElse(0.0));
        column("95 % confident", 140, true, "muted", RunRow::interval, RunRow::interval);
        column("Verdict", 132, false, "verdict", RunRow::verdict, RunRow::verdict);
        getSelectionModel().selectedItemProperty().addListener((o, before, now) -> {
            if (now != null) {
                model.pick(now);
            }
        });
    }

    void show(RunsState s) {
        setPlaceholder(new Label(
                s.comparison().isEmpty() ? "Comparing …" : "The engine told no times of layers in these runs"));
        if (!getItems().equals(s.rows())) {
            getItems().setAll(s.rows());
            sort();
        }
    }

    static String ms(double ms) {
        return ms == 0 ? Numbers.UNKNOWN : Numbers.nanos(ms * 1e6);
    }

    static String change(double ms) {
        return (ms > 0 ? "+" : "") + Numbers.nanos(ms * 1e6);
    }

    private <T extends Comparable<T>> void column(
            String title,
            double width,
            boolean number,
            String style,
            Function<RunRow, String> words,
            Function<RunRow, T> key) {
        TableColumn<RunRow, RunRow> c = new TableColumn<>(title);
        c.setPrefWidth(width);
        c.setMinWidth(36);
        c.getStyleClass().add(number ? "number-column" : "text-column");
        c.setCellValueFactory(v -> new ReadOnlyObjectWrapper<>(v.getValue()));
        c.setCellFactory(x -> new Cell(words, number, style));
        c.setComparator((a, b) -> key.apply(a).compareTo(key.apply(b)));
        getColumns().add(c);
    }

    /// Red and green are for changes that are sure, beside their sign and a word.
    private static final class Cell extends TableCell<RunRow, RunRow> {
        private final Function<RunRow, String> words;
        private final boolean judged;

        Cell(Function<RunRow, String> words, boolean number, String style) {
            this.words = words;
            judged = style.equals("change") || style.equals("verdict");
            setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            if (number) {
                getStyleClass().add("number");
            }
            if (!judged && !style.isEmpty()) {
                getStyleClass().add("cell-" + style);
            }
        }

        @Override
        protected void updateItem(RunRow row, boolean empty) {
            super.updateItem(row, empty);
            String text = empty || row == null ? "" : words.apply(row);
            setText(text);
            pseudoClassStateChanged(UNKNOWN, text.equals(Numbers.UNKNOWN));
            if (judged) {
                getStyleClass().removeAll("cell-good", "cell-bad", "cell-muted");
                if (!empty && row != null) {
                    getStyleClass().add(!row.sure() ? "cell-muted" : row.group().loss() > 0 ? "cell-bad" : "cell-good");
                }
            }
        }
    }
}
