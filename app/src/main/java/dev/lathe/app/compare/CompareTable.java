package dev.lathe.app.compare;

import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/// The layers of two variants in a table with a sum that adds up; sorted by what changed most.
final class CompareTable extends VBox {
    private static final double BAR = 80;

    private final ObservableList<CompareRow> rows = FXCollections.observableArrayList();
    private final SortedList<CompareRow> sorted = new SortedList<>(rows);
    private final TableView<CompareRow> table = new TableView<>(sorted);
    private final HBox sum = new HBox();
    private final TableColumn<CompareRow, CompareRow> timeA;
    private final TableColumn<CompareRow, CompareRow> timeB;
    private final TableColumn<CompareRow, CompareRow> bytesA;
    private final TableColumn<CompareRow, CompareRow> bytesB;
    private final ObservableValue<Palette> palette;
    private CompareFigures figures = CompareFigures.of(List.of());
    private double largest;

    CompareTable(CompareViewModel model, ObservableValue<Palette> palette) {
        this.palette = palette;
        table.setId("compare-table");
        table.getStyleClass().addAll("pane-table", "compare-table");
        table.setFixedCellSize(24);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        column("layer", "Layer", 226, words(false, CompareRow::layer), CompareRow::layer);
        timeA = column("timeA", "A, ms", 112, words(true, r -> figures.millis(r.nanosA())), r -> key(r.nanosA()));
        timeB = column("timeB", "B, ms", 112, words(true, r -> figures.millis(r.nanosB())), r -> key(r.nanosB()));
        column("bar", "difference", BAR + 18, BarCell::new, r -> -Math.abs(key(r.nanosChange())));
        TableColumn<CompareRow, CompareRow> change = column(
                "change",
                "Δ ms",
                84,
                signed(r -> r.nanosChange(), v -> figures.millisChange(v)),
                r -> key(r.nanosChange()));
        bytesA = column("bytesA", "A, MiB", 104, words(true, r -> CompareFigures.mib(r.bytesA())), CompareRow::bytesA);
        bytesB = column("bytesB", "B, MiB", 104, words(true, r -> CompareFigures.mib(r.bytesB())), CompareRow::bytesB);
        column(
                "bytes",
                "Δ MiB",
                84,
                signed(r -> OptionalDouble.of(r.bytesChange()), CompareFigures::mibChange),
                CompareRow::bytesChange);
        column("nodes", "Nodes", 110, NodesCell::new, CompareRow::change);
        change.setSortType(TableColumn.SortType.ASCENDING);
        // One column sorts, so that one arrow shows; among equals the bytes decide.
        change.setComparator(Comparator.<CompareRow>comparingDouble(r -> key(r.nanosChange()))
                .thenComparingDouble(CompareRow::bytesChange));
        table.getSortOrder().setAll(List.of(change));
        table.getSelectionModel().selectedItemProperty().addListener((o, before, now) -> {
            if (now != null) {
                model.pick(now);
            }
        });
        palette.addListener((o, before, now) -> table.refresh());
        sum.getStyleClass().addAll("table-footer-row", "sum-row");
        VBox footer = new VBox(sum);
        footer.getStyleClass().add("table-footer");
        VBox.setVgrow(table, Priority.ALWAYS);
        setMinWidth(0);
        getChildren().addAll(table, footer);
    }

    void show(CompareState state) {
        state.pair().ifPresent(p -> {
            timeA.setText(p.a().name() + ", ms");
            timeB.setText(p.b().name() + ", ms");
            bytesA.setText(p.a().name() + ", MiB");
            bytesB.setText(p.b().name() + ", MiB");
            largest = p.largestChange();
            CompareRow picked = table.getSelectionModel().getSelectedItem();
            figures = CompareFigures.of(p.rows());
            if (!rows.equals(p.rows())) {
                rows.setAll(p.rows());
                rows.stream()
                        .filter(r -> picked != null && r.layer().equals(picked.layer()))
                        .findFirst()
                        .ifPresent(r -> table.getSelectionModel().select(r));
            }
            fillSum(p);
        });
        if (state.pair().isEmpty()) {
            rows.clear();
        }
    }

    private void fillSum(CompareState.Pair p) {
        Map<String, String> words = new HashMap<>();
        boolean outside = p.outsideA().isPresent() || p.outsideB().isPresent();
        words.put(
                "layer", "All " + Numbers.grouped(p.rows().size()) + " rows" + (outside ? " and outside layers" : ""));
        words.put("timeA", figures.millis(p.sumA()));
        words.put("timeB", figures.millis(p.sumB()));
        if (p.sumA().isPresent() && p.sumB().isPresent()) {
            words.put(
                    "change",
                    figures.millisChange(p.sumB().getAsDouble() - p.sumA().getAsDouble()));
        }
        words.put("bytesA", CompareFigures.mib(p.bytesA()));
        words.put("bytesB", CompareFigures.mib(p.bytesB()));
        words.put("bytes", CompareFigures.mibChange(p.bytesB() - p.bytesA()));
        words.put(
                "nodes",
                p.a().analysis().model().graph().nodes().size() + " → "
                        + p.b().analysis().model().graph().nodes().size());
        sum.getChildren()
                .setAll(table.getVisibleLeafColumns().stream()
                        .map(c -> {
                            Label l = new Label(words.getOrDefault(c.getId(), ""));
                            l.getStyleClass().add("table-footer-cell");
                            l.setAlignment(
                                    c.getStyleClass().contains("number-column") ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
                            l.minWidthProperty().bind(c.widthProperty());
                            l.maxWidthProperty().bind(c.widthProperty());
                            return l;
                        })
                        .toList());
    }

    private <T extends Comparable<T>> TableColumn<CompareRow, CompareRow> column(
            String id,
            String title,
            double width,
            Supplier<TableCell<CompareRow, CompareRow>> cell,
            Function<CompareRow, T> key) {
        TableColumn<CompareRow, CompareRow> c = new TableColumn<>(title);
        c.setId(id);
        c.setPrefWidth(width);
        c.setCellValueFactory(v -> new ReadOnlyObjectWrapper<>(v.getValue()));
        c.setCellFactory(x -> cell.get());
        c.setComparator((a, b) -> key.apply(a).compareTo(key.apply(b)));
        c.getStyleClass().add(cell.get().getAlignment() == Pos.CENTER_RIGHT ? "number-column" : "text-column");
        table.getColumns().add(c);
        return c;
    }

    private static Supplier<TableCell<CompareRow, CompareRow>> words(
            boolean number, Function<CompareRow, String> words) {
        return () -> {
            TableCell<CompareRow, CompareRow> cell = new TableCell<>() {
                @Override
                protected void updateItem(CompareRow row, boolean empty) {
                    super.updateItem(row, empty);
                    setText(empty || row == null ? "" : words.apply(row));
                }
            };
            cell.setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            if (number) {
                cell.getStyleClass().add("number");
            }
            return cell;
        };
    }

    /// Less is better: a fall is green with its minus, a rise red with its plus.
    private static Supplier<TableCell<CompareRow, CompareRow>> signed(
            Function<CompareRow, OptionalDouble> amount, Function<Double, String> words) {
        return () -> {
            TableCell<CompareRow, CompareRow> cell = new TableCell<>() {
                @Override
                protected void updateItem(CompareRow row, boolean empty) {
                    super.updateItem(row, empty);
                    OptionalDouble v = empty || row == null ? OptionalDouble.empty() : amount.apply(row);
                    String text = v.isPresent() ? words.apply(v.getAsDouble()) : empty ? "" : Numbers.UNKNOWN;
                    setText(text);
                    getStyleClass().removeAll("cell-good", "cell-bad", "cell-muted");
                    getStyleClass()
                            .add(text.startsWith("+") ? "cell-bad" : text.startsWith("−") ? "cell-good" : "cell-muted");
                }
            };
            cell.setAlignment(Pos.CENTER_RIGHT);
            cell.getStyleClass().add("number");
            return cell;
        };
    }

    private static double key(OptionalDouble v) {
        return v.orElse(0);
    }

    /// What became of the layer's nodes; the whole sentence is on the pointer.
    private static final class NodesCell extends TableCell<CompareRow, CompareRow> {
        private final Tooltip sentence = new Tooltip();

        NodesCell() {
            setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(CompareRow row, boolean empty) {
            super.updateItem(row, empty);
            boolean changed = !empty && row != null && !row.change().isEmpty();
            setText(changed ? row.change() : "");
            sentence.setText(changed ? row.changeSentence() : "");
            setTooltip(changed ? sentence : null);
        }
    }

    /// Time won to the left of the middle, time lost to the right.
    private final class BarCell extends TableCell<CompareRow, CompareRow> {
        private final Rectangle bar = new Rectangle(0, 9);
        private final Rectangle middle = new Rectangle(1, 14);
        private final Pane pane = new Pane(middle, bar);

        BarCell() {
            pane.setPrefSize(BAR, 24);
            pane.setMinHeight(24);
            pane.setMaxHeight(24);
            middle.setX(BAR / 2);
            middle.setY(5);
            bar.setY(7.5);
        }

        @Override
        protected void updateItem(CompareRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null || row.nanosChange().isEmpty()) {
                setGraphic(null);
                return;
            }
            double change = row.nanosChange().getAsDouble();
            double width = largest == 0 ? 0 : Math.abs(change) / largest * BAR / 2;
            boolean dark = palette.getValue().dark();
            bar.setWidth(change == 0 ? 0 : Math.max(1, width));
            bar.setX(change < 0 ? BAR / 2 - bar.getWidth() : BAR / 2 + 1);
            bar.setFill(Paints.fx(Palette.category(change < 0 ? (dark ? 0 : 4) : (dark ? 1 : 5))));
            middle.setFill(Paints.fx(palette.getValue().border()));
            setGraphic(pane);
        }
    }
}
