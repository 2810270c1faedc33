package dev.lathe.app.layers;

import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.project.ThreadWords;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.ThreadShares;
import dev.lathe.profile.engine.ExecutionProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.FileChooser;

/// The Layers tab: every layer in a table that can be sorted, filtered and taken away, above the sums.
public final class LayersView extends StackPane {
    private final LayersViewModel model;
    private final ObservableValue<Palette> palette;
    private final ObservableList<LayerRow> rows = FXCollections.observableArrayList();
    private final SortedList<LayerRow> sorted = new SortedList<>(rows);
    private final TableView<LayerRow> table = new TableView<>(sorted);
    private final FittedNames<LayerRow> fitted = new FittedNames<>(table);
    private final LayersFooter footer;
    private final LayersBar bar;
    private final Label problem = new Label();
    private boolean fromOutside;

    /// @param columns where widths, order and visibility of the columns are remembered
    public LayersView(LayersViewModel model, ObservableValue<Palette> palette, ColumnMemory columns) {
        this.model = model;
        this.palette = palette;
        getStyleClass().add("layers-view");
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.getStyleClass().addAll("pane-table", "layers-table");
        table.setFixedCellSize(24);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setTableMenuButtonVisible(false);
        buildColumns();
        columns.restore(table, fitted);
        fitted.begin();
        Label none = new Label();
        none.textProperty()
                .bind(model.state()
                        .map(s -> s.allRows() == 0 ? "The layers are being found" : "No layer is called so"));
        table.setPlaceholder(none);
        footer = new LayersFooter(table);
        BorderPane content = new BorderPane(table);
        content.setBottom(footer);
        problem.getStyleClass().add("pane-problem");
        problem.setVisible(false);
        problem.setManaged(false);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.setOnMouseClicked(e -> {
            problem.setVisible(false);
            problem.setManaged(false);
        });
        content.setTop(problem);
        EmptyPane empty = new EmptyPane(
                "mdi2t-table",
                "No model",
                "Open a model to see its layers: drop a file on the window, or press Ctrl+O.");
        getChildren().addAll(content, empty);
        bar = new LayersBar(model, this::copy, this::askAndExport, table);
        table.getSelectionModel().selectedItemProperty().addListener((o, before, now) -> {
            if (now != null && !fromOutside) {
                now.head().ifPresent(model::pick);
            }
        });
        table.setOnKeyPressed(e -> {
            if (new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN).match(e)) {
                copy();
                e.consume();
            }
        });
        setOnKeyPressed(e -> {
            if (new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN).match(e)) {
                bar.focusFilter();
                e.consume();
            }
        });
        // A tab that is not in front is filled when it comes there.
        model.state().addListener((o, before, now) -> {
            if (isVisible()) {
                show(now);
            }
        });
        model.selected().addListener((o, before, now) -> select(now));
        palette.addListener((o, before, now) -> table.refresh());
        content.visibleProperty().bind(empty.visibleProperty().not());
        empty.visibleProperty().bind(model.state().map(s -> !s.hasModel()));
        visibleProperty().subscribe(visible -> {
            if (visible) {
                show(model.state().get());
            }
        });
    }

    /// Filter, copy, columns and export: what stands at the right of the tab strip.
    public Node tools() {
        return bar;
    }

    /// Writes the shown rows in the shown order as CSV.
    ///
    /// @throws IOException when the file cannot be written
    public void exportCsv(Path file) throws IOException {
        Files.writeString(file, LayersTable.csv(model.state().get(), List.copyOf(sorted)));
    }

    private void askAndExport() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save the layers as CSV");
        chooser.setInitialFileName("layers.csv");
        File file = chooser.showSaveDialog(getScene().getWindow());
        if (file == null) {
            return;
        }
        try {
            exportCsv(file.toPath());
        } catch (IOException e) {
            problem.setText("Could not write " + file + ": " + e.getMessage());
            problem.setVisible(true);
            problem.setManaged(true);
        }
    }

    private void copy() {
        List<LayerRow> picked = List.copyOf(table.getSelectionModel().getSelectedItems());
        ClipboardContent content = new ClipboardContent();
        content.putString(LayersTable.tabs(picked.size() > 1 ? picked : List.copyOf(sorted)));
        Clipboard.getSystemClipboard().setContent(content);
    }

    private void show(LayersState state) {
        fromOutside = true;
        rows.setAll(state.rows());
        footer.show(state);
        fromOutside = false;
        select(model.selected().get());
    }

    private void select(Optional<NodeId> node) {
        fromOutside = true;
        Optional<LayerRow> row = node.flatMap(
                n -> sorted.stream().filter(r -> r.nodes().contains(n)).findFirst());
        row.ifPresentOrElse(
                r -> {
                    if (table.getSelectionModel().getSelectedItem() != r) {
                        int at = sorted.indexOf(r);
                        table.getSelectionModel().clearAndSelect(at);
                        if (!LayersCells.isVisible(table, at)) {
                            table.scrollTo(Math.max(0, at - 2));
                        }
                    }
                },
                () -> table.getSelectionModel().clearSelection());
        fromOutside = false;
    }

    private void buildColumns() {
        column(
                "position",
                "#",
                44,
                LayersCells.text(true, r -> Integer.toString(r.position()), "muted"),
                r -> r.position());
        fitted.with(
                column("layer", "Layer", 270, LayersCells.text(false, LayerRow::layer, "strong"), LayerRow::layer),
                160);
        column("op", "Op", 108, LayersCells.text(false, LayersView::opWords, ""), LayerRow::op);
        column("output", "Output", 126, LayersCells.text(false, LayerRow::output, ""), LayerRow::output);
        TableColumn<LayerRow, ?> time = column(
                "time",
                "Time, typical",
                112,
                LayersCells.text(true, LayersView::time, "figure"),
                longOrLast(LayerRow::nanos));
        column(
                "share",
                "Share",
                148,
                LayersCells.share(palette, () -> model.state().get().largestShare()),
                longOrLast(LayerRow::nanos));
        column("p90", "p90", 92, LayersCells.text(true, LayersView::p90, ""), longOrLast(LayerRow::p90Nanos));
        column(
                "work",
                "Work",
                98,
                LayersCells.text(true, r -> whole(r.flops(), Numbers::flops), ""),
                longOrLast(LayerRow::flops));
        column(
                "rate",
                "Rate",
                108,
                LayersCells.text(true, r -> rate(r.rate()), ""),
                r -> r.rate().orElse(-1));
        column(
                "ceiling",
                "Of ceiling",
                84,
                LayersCells.text(true, r -> ceiling(r.ceilingShare()), "ceiling"),
                r -> r.ceilingShare().orElse(-1));
        column(
                "weights",
                "Weights",
                80,
                LayersCells.text(true, LayersView::weights, ""),
                longOrLast(LayerRow::weightBytes));
        // There for who asks for them: with these a window of usual width has no room for names.
        column(
                        "moved",
                        "Read + written",
                        112,
                        LayersCells.told(true, LayersView::moved, LayersView::movedInWords),
                        longOrLast(LayerRow::movedBytes))
                .setVisible(false);
        column(
                        "arena",
                        "Arena",
                        76,
                        LayersCells.told(
                                true,
                                r -> whole(r.heldBytes(), Numbers::bytes),
                                r -> r.heldBytes().isPresent()
                                        ? "the most that tensors held in the engine's arena when one of its kernels ended, in the"
                                                + " session's first run"
                                        : ""),
                        longOrLast(LayerRow::heldBytes))
                .setVisible(false);
        column(
                "threads",
                "Threads",
                72,
                LayersCells.told(
                        true,
                        r -> r.timing().map(t -> ThreadWords.of(t.threads())).orElse(Numbers.UNKNOWN),
                        r -> r.timing()
                                .map(t -> ThreadWords.explained(t.threads()))
                                .orElse("")),
                r -> r.timing()
                        .flatMap(LayerRow.Timing::threads)
                        .map(ThreadShares::used)
                        .orElse(-1.0));
        column("device", "Device", 70, LayersCells.text(false, LayerRow::deviceNames, ""), LayerRow::devices);
        column(
                "provider",
                "Provider",
                78,
                LayersCells.text(false, r -> shortProvider(r.providers()), "muted"),
                LayerRow::providers);
        fitted.with(
                column(
                        "kernels",
                        "Kernels",
                        160,
                        LayersCells.text(false, LayerRow::kernels, "muted"),
                        LayerRow::kernels),
                110);
        time.setSortType(TableColumn.SortType.DESCENDING);
        table.getSortOrder().setAll(List.of(time));
    }

    private <T extends Comparable<T>> TableColumn<LayerRow, LayerRow> column(
            String id, String title, double width, Supplier<LayersCells.Cell> cell, Function<LayerRow, T> key) {
        TableColumn<LayerRow, LayerRow> c = new TableColumn<>(title);
        c.setId(id);
        c.setPrefWidth(width);
        c.setMinWidth(36);
        c.setReorderable(true);
        c.setCellValueFactory(v -> new ReadOnlyObjectWrapper<>(v.getValue()));
        c.setCellFactory(x -> cell.get());
        c.setComparator((a, b) -> key.apply(a).compareTo(key.apply(b)));
        c.getStyleClass().add(cell.get().getAlignment() == Pos.CENTER_RIGHT ? "number-column" : "text-column");
        table.getColumns().add(c);
        return c;
    }

    /// Unknown sorts below everything known.
    private static Function<LayerRow, Long> longOrLast(Function<LayerRow, OptionalLong> value) {
        return r -> value.apply(r).orElse(-1);
    }

    private static String opWords(LayerRow r) {
        return r.ops().size() > 1 ? r.op() + " +" + (r.ops().size() - 1) : r.op();
    }

    private static String time(LayerRow r) {
        String time = r.nanos().isPresent() ? Numbers.nanos(r.nanos().getAsLong()) : Numbers.UNKNOWN;
        return r.estimate() ? Numbers.estimate(time) : time;
    }

    private static String p90(LayerRow r) {
        return r.timing()
                .map(t -> (t.p90IsBound() ? "≤ " : "") + Numbers.time(t.p90()))
                .orElse(Numbers.UNKNOWN);
    }

    private static String whole(OptionalLong n, java.util.function.DoubleFunction<String> words) {
        return n.isPresent() ? words.apply(n.getAsLong()) : Numbers.UNKNOWN;
    }

    private static String rate(OptionalDouble r) {
        return r.isPresent() ? Numbers.flopRate(r.getAsDouble()) : Numbers.UNKNOWN;
    }

    private static String ceiling(OptionalDouble share) {
        return share.isPresent() ? Numbers.share(share.getAsDouble()) : Numbers.UNKNOWN;
    }

    private static String moved(LayerRow r) {
        return whole(r.movedBytes(), Numbers::bytes);
    }

    private static String movedInWords(LayerRow r) {
        return r.movedBytes().isEmpty()
                ? ""
                : whole(r.memory().read(), Numbers::bytes) + " of activations read, "
                        + whole(r.memory().written(), Numbers::bytes) + " written, by its kernels in a run as it ran";
    }

    private static String weights(LayerRow r) {
        return r.weightBytes().isPresent() && r.weightBytes().getAsLong() == 0
                ? ""
                : whole(r.weightBytes(), Numbers::bytes);
    }

    private static String shortProvider(String providers) {
        return Arrays.stream(providers.split(", "))
                .map(ExecutionProvider::words)
                .collect(Collectors.joining(", "));
    }
}
