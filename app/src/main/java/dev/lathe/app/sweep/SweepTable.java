package dev.lathe.app.sweep;

import dev.lathe.app.ui.Numbers;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Every point of a sweep in a line, in the order in which they are measured until a heading sorts them.
final class SweepTable extends TableView<SweepRow> {
    private static final PseudoClass UNKNOWN = PseudoClass.getPseudoClass("unknown");

    private List<String> varied = List.of();
    private boolean perItem;

    SweepTable() {
        getStyleClass().add("pane-table");
        setId("sweep-table");
        setFixedCellSize(24);
        setMinWidth(0);
        setPlaceholder(new Label("No point was measured yet"));
    }

    void show(SweepShown s) {
        if (!s.varied().equals(varied) || s.perItem() != perItem || getColumns().isEmpty()) {
            varied = s.varied();
            perItem = s.perItem();
            columns();
        }
        getItems().setAll(s.rows());
        sort();
    }

    private void columns() {
        getColumns().clear();
        for (String axis : varied) {
            column(axis, 52 + 6 * Math.min(10, axis.length()), "strong", r -> Numbers.grouped(r.value(axis)), r ->
                    (double) r.value(axis));
        }
        column(
                "p50",
                84,
                "figure",
                r -> r.measured().map(m -> Numbers.time(m.p50())).orElse(Numbers.UNKNOWN),
                r -> r.measured().map(m -> (double) m.p50().toNanos()).orElse(-1.0));
        column(
                "p90",
                84,
                "",
                r -> r.measured().map(m -> Numbers.time(m.p90())).orElse(Numbers.UNKNOWN),
                r -> r.measured().map(m -> (double) m.p90().toNanos()).orElse(-1.0));
        column(
                perItem ? "items/s" : "runs/s",
                84,
                "",
                r -> Numbers.known(r.perSecond(), v -> Numbers.digits(v, 3)),
                r -> r.perSecond().orElse(-1));
        column(
                "peak memory",
                100,
                "",
                r -> r.measured().map(m -> Numbers.bytes(m.peakBytes())).orElse(Numbers.UNKNOWN),
                r -> r.measured().map(m -> (double) m.peakBytes()).orElse(-1.0));
        column(
                "runs",
                56,
                "muted",
                r -> r.measured().map(m -> Numbers.grouped(m.runs())).orElse(""),
                r -> r.measured().map(m -> (double) m.runs()).orElse(-1.0));
        TableColumn<SweepRow, SweepRow> remark = column("", 112, "muted", SweepRow::remark, r -> r.best() ? 1.0 : 0.0);
        remark.getStyleClass().remove("number-column");
        remark.setCellFactory(c -> new Cell(SweepRow::remark, "muted", false));
    }

    private TableColumn<SweepRow, SweepRow> column(
            String title,
            double width,
            String style,
            Function<SweepRow, String> words,
            Function<SweepRow, Double> key) {
        TableColumn<SweepRow, SweepRow> c = new TableColumn<>(title);
        c.setPrefWidth(width);
        c.setMinWidth(36);
        c.getStyleClass().add("number-column");
        c.setCellValueFactory(v -> new ReadOnlyObjectWrapper<>(v.getValue()));
        c.setCellFactory(x -> new Cell(words, style, true));
        c.setComparator((a, b) -> key.apply(a).compareTo(key.apply(b)));
        getColumns().add(c);
        return c;
    }

    private static final class Cell extends TableCell<SweepRow, SweepRow> {
        private final Function<SweepRow, String> words;

        Cell(Function<SweepRow, String> words, String style, boolean number) {
            this.words = words;
            setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            if (number) {
                getStyleClass().add("number");
            }
            if (!style.isEmpty()) {
                getStyleClass().add("cell-" + style);
            }
        }

        @Override
        protected void updateItem(SweepRow row, boolean empty) {
            super.updateItem(row, empty);
            String text = empty || row == null ? "" : words.apply(row);
            setText(text);
            pseudoClassStateChanged(UNKNOWN, text.equals(Numbers.UNKNOWN));
            getStyleClass().remove("cell-good");
            if (!empty && row != null && row.best()) {
                getStyleClass().add("cell-good");
            }
        }
    }
}
