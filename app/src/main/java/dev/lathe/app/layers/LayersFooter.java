package dev.lathe.app.layers;

import dev.lathe.app.ui.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.DoubleExpression;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/// The last rows of the layers table, which stay where they are when it scrolls or sorts: what is outside the layers,
/// and the sum. Their cells follow the columns.
final class LayersFooter extends VBox {
    private final TableView<LayerRow> table;
    private final HBox outside = new HBox();
    private final HBox sum = new HBox();
    private Map<String, String> outsideWords = Map.of();
    private Map<String, String> sumWords = Map.of();

    LayersFooter(TableView<LayerRow> table) {
        this.table = table;
        getStyleClass().add("table-footer");
        outside.getStyleClass().addAll("table-footer-row", "outside-row");
        sum.getStyleClass().addAll("table-footer-row", "sum-row");
        getChildren().addAll(outside, sum);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        table.getVisibleLeafColumns().addListener((ListChangeListener<TableColumn<LayerRow, ?>>) c -> fill());
        table.skinProperty().addListener((o, before, now) -> followScrolling());
        setMinWidth(0);
        fill();
    }

    private void followScrolling() {
        table.lookupAll(".scroll-bar").forEach(n -> {
            if (n instanceof ScrollBar bar && bar.getOrientation() == Orientation.HORIZONTAL) {
                bar.valueProperty().addListener((o, before, now) -> {
                    outside.setTranslateX(-now.doubleValue());
                    sum.setTranslateX(-now.doubleValue());
                });
            }
        });
    }

    void show(LayersState state) {
        LayersState.Sums s = state.sums();
        sumWords = new HashMap<>(Map.of(
                "layer",
                title(state),
                "time",
                s.time().map(Numbers::time).orElse(Numbers.UNKNOWN),
                "share",
                s.time().isPresent() ? Numbers.share(s.share()) : Numbers.UNKNOWN,
                "work",
                s.flops().isPresent() ? Numbers.flops(s.flops().getAsLong()) : Numbers.UNKNOWN,
                "weights",
                s.weightBytes().isPresent() ? Numbers.bytes(s.weightBytes().getAsLong()) : Numbers.UNKNOWN));
        if (s.time().isPresent() && s.flops().isPresent() && !s.time().get().isZero()) {
            sumWords.put(
                    "rate",
                    Numbers.flopRate(
                            s.flops().getAsLong() * 1e9 / s.time().get().toNanos()));
        }
        // Nothing outside is no line: in a low pane that is a row more.
        Optional<Duration> beside = s.outside().filter(o -> !o.isZero());
        outsideWords = beside.map(o -> Map.of(
                        "layer",
                        state.times().outsideTitle(),
                        "time",
                        Numbers.time(o),
                        "share",
                        Numbers.share(state.times().share(o))))
                .orElse(Map.of());
        boolean known = beside.isPresent();
        outside.setVisible(known);
        outside.setManaged(known);
        setVisible(state.hasModel());
        setManaged(state.hasModel());
        fill();
    }

    /// How many rows, and what their times add up to: the same figure as the run's p50, or what differs.
    static String title(LayersState state) {
        return counts(state) + sentence(state).map(s -> " · " + s).orElse("");
    }

    private static String counts(LayersState state) {
        String rows = state.filtered()
                ? Numbers.grouped(state.rows().size()) + " of " + Numbers.grouped(state.allRows()) + " rows"
                : Numbers.grouped(state.allRows()) + " rows";
        return state.asItRuns()
                ? "the graph as it runs: " + rows
                : rows + " · " + Numbers.grouped(state.nodes()) + " nodes";
    }

    private static Optional<String> sentence(LayersState state) {
        LayerTimes times = state.times();
        if (!times.measured()) {
            return Optional.of("F5 measures every layer");
        }
        if (times.running() || state.filtered()) {
            return times.running() ? Optional.of("running") : Optional.empty();
        }
        return state.sums().time().map(sum -> {
            Duration outside = state.sums().outside().orElse(Duration.ZERO);
            String parts = "layers " + Numbers.time(sum.minus(outside))
                    + (outside.isZero() ? "" : " + outside " + Numbers.time(outside));
            String whole = times.latency().map(l -> Numbers.time(l.p50())).orElse(Numbers.UNKNOWN);
            return whole.equals(Numbers.time(sum))
                    ? parts + " = p50"
                    : parts + " = " + Numbers.time(sum) + ", p50 " + whole;
        });
    }

    private void fill() {
        outside.getChildren().setAll(cells(outsideWords));
        sum.getChildren().setAll(cells(sumWords));
    }

    /// A cell per column; words take the place of the empty cells behind them too.
    private List<Label> cells(Map<String, String> words) {
        List<TableColumn<LayerRow, ?>> columns = table.getVisibleLeafColumns();
        List<Label> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); ) {
            TableColumn<LayerRow, ?> c = columns.get(i++);
            boolean number = c.getStyleClass().contains("number-column");
            Label l = new Label(words.getOrDefault(c.getId(), ""));
            DoubleExpression width = c.widthProperty();
            while (!l.getText().isEmpty()
                    && !number
                    && i < columns.size()
                    && !words.containsKey(columns.get(i).getId())) {
                width = width.add(columns.get(i++).widthProperty());
            }
            l.getStyleClass().add("table-footer-cell");
            l.setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            l.minWidthProperty().bind(width);
            l.maxWidthProperty().bind(width);
            cells.add(l);
        }
        return cells;
    }
}
