package dev.lathe.app.compare;

import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/// The layers of two variants in a table with a sum that adds up; sorted by what changed most.
final class CompareTable extends VBox {
    private static final double BAR = 80;
    private static final double BAR_COLUMN = BAR + 18;
    private static final double SCROLL_BAR = 16;
    private static final double LEAST_LAYER = 150;
    private static final double MOST_LAYER = 420;

    private final ObservableList<CompareRow> rows = FXCollections.observableArrayList();
    private final SortedList<CompareRow> sorted = new SortedList<>(rows);
    private final TableView<CompareRow> table = new TableView<>(sorted);
    private final HBox sum = new HBox();
    private final TableColumn<CompareRow, CompareRow> timeA;
    private final TableColumn<CompareRow, CompareRow> timeB;
    private final TableColumn<CompareRow, CompareRow> bytesA;
    private final TableColumn<CompareRow, CompareRow> bytesB;
    private final TableColumn<CompareRow, CompareRow> layer;
    private final TableColumn<CompareRow, CompareRow> change;
    private final TableColumn<CompareRow, CompareRow> moved;
    private final TableColumn<CompareRow, CompareRow> bar;
    private final ColumnWidths widths;
    /// What the columns of numbers and words say, for their widths.
    private final Map<TableColumn<CompareRow, ?>, Function<CompareRow, String>> texts = new LinkedHashMap<>();
    private final Map<String, String> sums = new HashMap<>();
    private final ObservableValue<Palette> palette;
    private CompareFigures figures = CompareFigures.of(List.of());
    private double largest;
    /// Whether a row's difference is more than two runs of one model differ.
    private Predicate<CompareRow> tells = r -> false;

    CompareTable(CompareViewModel model, ObservableValue<Palette> palette, String fontFamily) {
        this.palette = palette;
        this.widths = new ColumnWidths(fontFamily);
        table.setId("compare-table");
        table.getStyleClass().addAll("pane-table", "compare-table");
        table.setFixedCellSize(24);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        layer = column("layer", "Layer", 226, words(false, CompareRow::layer), CompareRow::layer);
        timeA = number("timeA", "A, ms", r -> figures.time(r.nanosA()), r -> key(r.nanosA()));
        timeB = number("timeB", "B, ms", r -> figures.time(r.nanosB()), r -> key(r.nanosB()));
        bar = column("bar", "difference", BAR_COLUMN, BarCell::new, r -> -Math.abs(key(r.nanosChange())));
        Function<CompareRow, String> timeChange = r ->
                r.nanosChange().isPresent() ? figures.timeChange(r.nanosChange().getAsDouble()) : Numbers.UNKNOWN;
        Function<CompareRow, String> bytesChange = r -> figures.bytesChange(r.bytesChange());
        change = column("change", "Δ ms", 84, signed(timeChange, r -> tells.test(r)), r -> key(r.nanosChange()));
        texts.put(change, timeChange);
        bytesA = number("bytesA", "A, MiB", r -> figures.bytes(r.bytesA()), CompareRow::bytesA);
        bytesB = number("bytesB", "B, MiB", r -> figures.bytes(r.bytesB()), CompareRow::bytesB);
        moved = column("bytes", "Δ MiB", 84, signed(bytesChange, r -> true), CompareRow::bytesChange);
        texts.put(moved, bytesChange);
        texts.put(column("nodes", "Nodes", 110, NodesCell::new, CompareRow::change), CompareRow::change);
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
        widthProperty().subscribe(this::fit);
        table.getSortOrder().subscribe(this::fit);
        sum.getStyleClass().addAll("table-footer-row", "sum-row");
        VBox footer = new VBox(sum);
        footer.getStyleClass().add("table-footer");
        VBox.setVgrow(table, Priority.ALWAYS);
        setMinWidth(0);
        getChildren().addAll(table, footer);
    }

    void show(CompareState state) {
        state.pair().ifPresent(p -> {
            figures = CompareFigures.of(p.rows());
            head(timeA, p.a().name(), figures.unit());
            head(timeB, p.b().name(), figures.unit());
            change.setText("Δ " + figures.unit());
            head(bytesA, p.a().name(), figures.bytesUnit());
            head(bytesB, p.b().name(), figures.bytesUnit());
            moved.setText("Δ " + figures.bytesUnit());
            largest = p.largestChange();
            tells = p::tells;
            CompareRow picked = table.getSelectionModel().getSelectedItem();
            if (!rows.equals(p.rows())) {
                rows.setAll(p.rows());
                rows.stream()
                        .filter(r -> picked != null && r.layer().equals(picked.layer()))
                        .findFirst()
                        .ifPresent(r -> table.getSelectionModel().select(r));
            }
            fillSum(p);
            fit();
        });
        if (state.pair().isEmpty()) {
            rows.clear();
        }
    }

    /// A variant's name gives way in a narrow column, its unit does not.
    private static void head(TableColumn<CompareRow, CompareRow> column, String name, String unit) {
        Label variant = new Label(name);
        variant.setMinWidth(0);
        Label of = new Label(", " + unit);
        of.setMinWidth(Region.USE_PREF_SIZE);
        HBox both = new HBox(variant, of);
        both.getStyleClass().add("column-words");
        both.setAlignment(Pos.CENTER_RIGHT);
        both.maxWidthProperty().bind(column.widthProperty().subtract(ColumnWidths.PADDING));
        column.setText("");
        column.setGraphic(both);
        column.setUserData(name);
    }

    /// Each column as wide as what is in it; in a narrow window the bars, which repeat a number, and then names give
    /// way.
    private void fit() {
        double room = getWidth() - SCROLL_BAR - LEAST_LAYER;
        if (room <= 0 || rows.isEmpty()) {
            return;
        }
        Map<TableColumn<CompareRow, ?>, ColumnWidths.Need> needs = new LinkedHashMap<>();
        texts.forEach((c, words) -> {
            boolean named = c.getUserData() instanceof String;
            String unit = ", " + (c.getId().startsWith("time") ? figures.unit() : figures.bytesUnit());
            needs.put(
                    c,
                    widths.of(
                            named ? c.getUserData().toString() : "",
                            named ? unit : c.getText(),
                            rows.stream().map(words).toList(),
                            sums.getOrDefault(c.getId(), ""),
                            table.getSortOrder().contains(c)));
        });
        double least =
                needs.values().stream().mapToDouble(ColumnWidths.Need::least).sum();
        double whole =
                needs.values().stream().mapToDouble(ColumnWidths.Need::whole).sum();
        bar.setVisible(whole + BAR_COLUMN <= room);
        double names = whole <= room ? 1 : Math.clamp((room - least) / (whole - least), 0, 1);
        double taken = bar.isVisible() ? BAR_COLUMN : 0;
        for (var need : needs.entrySet()) {
            need.getKey().setPrefWidth(need.getValue().at(names));
            taken += need.getValue().at(names);
        }
        layer.setPrefWidth(Math.clamp(room - taken + LEAST_LAYER, LEAST_LAYER, MOST_LAYER));
        fillFooter();
    }

    private void fillSum(CompareState.Pair p) {
        sums.clear();
        boolean outside = p.outsideA().isPresent() || p.outsideB().isPresent();
        sums.put("layer", "All " + Numbers.grouped(p.rows().size()) + " rows" + (outside ? " and outside layers" : ""));
        sums.put("timeA", figures.time(p.sumA()));
        sums.put("timeB", figures.time(p.sumB()));
        if (p.sumA().isPresent() && p.sumB().isPresent()) {
            sums.put(
                    "change",
                    figures.timeChange(p.sumB().getAsDouble() - p.sumA().getAsDouble()));
        }
        sums.put("bytesA", figures.bytes(p.bytesA()));
        sums.put("bytesB", figures.bytes(p.bytesB()));
        sums.put("bytes", figures.bytesChange(p.bytesB() - p.bytesA()));
        sums.put(
                "nodes",
                p.a().analysis().model().graph().allNodes() + " → "
                        + p.b().analysis().model().graph().allNodes());
    }

    private void fillFooter() {
        sum.getChildren()
                .setAll(table.getVisibleLeafColumns().stream()
                        .map(c -> {
                            Label l = new Label(sums.getOrDefault(c.getId(), ""));
                            l.getStyleClass().add("table-footer-cell");
                            l.setAlignment(
                                    c.getStyleClass().contains("number-column") ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
                            l.minWidthProperty().bind(c.widthProperty());
                            l.maxWidthProperty().bind(c.widthProperty());
                            return l;
                        })
                        .toList());
    }

    private <T extends Comparable<T>> TableColumn<CompareRow, CompareRow> number(
            String id, String title, Function<CompareRow, String> words, Function<CompareRow, T> key) {
        TableColumn<CompareRow, CompareRow> c = column(id, title, 104, words(true, words), key);
        texts.put(c, words);
        return c;
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
            } else {
                // Layers differ in their last letters.
                cell.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
            }
            return cell;
        };
    }

    /// Less is better: a fall is green with its minus, a rise red with its plus; what may be chance is neither.
    private static Supplier<TableCell<CompareRow, CompareRow>> signed(
            Function<CompareRow, String> words, Predicate<CompareRow> tells) {
        return () -> {
            TableCell<CompareRow, CompareRow> cell = new TableCell<>() {
                @Override
                protected void updateItem(CompareRow row, boolean empty) {
                    super.updateItem(row, empty);
                    String text = empty || row == null ? "" : words.apply(row);
                    setText(text);
                    getStyleClass().removeAll("cell-good", "cell-bad", "cell-muted");
                    getStyleClass()
                            .add(
                                    text.isEmpty() || !tells.test(row) || !text.matches("[+−].*")
                                            ? "cell-muted"
                                            : text.startsWith("+") ? "cell-bad" : "cell-good");
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
            if (empty || row == null || row.nanosChange().isEmpty() || !tells.test(row)) {
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
