package dev.lathe.app.values;

import dev.lathe.app.ui.Numbers;
import dev.lathe.optimize.check.OutputDifference;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The tensors of two variants, and how far they are apart; in execution order until a heading sorts them.
final class ApartTable extends TableView<OutputDifference> {
    /// Below this, an error is heard.
    private static final double LOW_SQNR = 25;

    ApartTable(Consumer<String> pick) {
        setId("apart-table");
        getStyleClass().add("pane-table");
        setFixedCellSize(24);
        setMinWidth(0);
        setPlaceholder(new Label("The two compute no tensor of the same name"));
        column("Tensor, in execution order", 420, false, "strong", OutputDifference::name, OutputDifference::name);
        column("Values", 96, true, "", d -> Numbers.grouped(d.elements()), d -> (double) d.elements());
        column("Cosine", 88, true, "", d -> Numbers.cosine(d.cosine()), OutputDifference::cosine);
        column("SQNR", 96, true, "sqnr", ApartTable::sqnr, OutputDifference::sqnrDb);
        column(
                "Largest difference",
                132,
                true,
                "",
                d -> Double.isFinite(d.maxAbs()) ? StatisticsBox.number(d.maxAbs()) : "∞",
                OutputDifference::maxAbs);
        column("Not finite", 92, true, "muted", d -> d.nonFinite() == 0 ? "" : Numbers.grouped(d.nonFinite()), d ->
                (double) d.nonFinite());
        getSelectionModel().selectedItemProperty().addListener((o, before, now) -> {
            if (now != null) {
                pick.accept(now.name());
            }
        });
    }

    static String sqnr(OutputDifference d) {
        return d.maxAbs() == 0 ? "equal" : Numbers.decibel(d.sqnrDb());
    }

    void show(List<OutputDifference> found) {
        if (!getItems().equals(found)) {
            getItems().setAll(found);
            sort();
        }
    }

    private <T extends Comparable<T>> void column(
            String title,
            double width,
            boolean number,
            String style,
            Function<OutputDifference, String> words,
            Function<OutputDifference, T> key) {
        TableColumn<OutputDifference, OutputDifference> c = new TableColumn<>(title);
        c.setPrefWidth(width);
        c.setMinWidth(36);
        c.getStyleClass().add(number ? "number-column" : "text-column");
        c.setCellValueFactory(v -> new ReadOnlyObjectWrapper<>(v.getValue()));
        c.setCellFactory(x -> new Cell(words, number, style));
        c.setComparator((a, b) -> key.apply(a).compareTo(key.apply(b)));
        getColumns().add(c);
    }

    private static final class Cell extends TableCell<OutputDifference, OutputDifference> {
        private final Function<OutputDifference, String> words;
        private final boolean judged;

        Cell(Function<OutputDifference, String> words, boolean number, String style) {
            this.words = words;
            judged = style.equals("sqnr");
            setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            if (number) {
                getStyleClass().add("number");
            }
            if (!judged && !style.isEmpty()) {
                getStyleClass().add("cell-" + style);
            }
        }

        @Override
        protected void updateItem(OutputDifference d, boolean empty) {
            super.updateItem(d, empty);
            setText(empty || d == null ? "" : words.apply(d));
            if (judged) {
                getStyleClass().remove("cell-bad");
                if (!empty && d != null && d.sqnrDb() < LOW_SQNR) {
                    getStyleClass().add("cell-bad");
                }
            }
        }
    }
}
