package dev.lathe.app.layers;

import dev.lathe.app.ui.Numbers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                s.weightBytes().isPresent() ? Numbers.bytes(s.weightBytes().getAsLong()) : Numbers.UNKNOWN,
                "kernels",
                againstLatency(state)));
        if (s.time().isPresent() && s.flops().isPresent() && !s.time().get().isZero()) {
            sumWords.put(
                    "rate",
                    Numbers.flopRate(
                            s.flops().getAsLong() * 1e9 / s.time().get().toNanos()));
        }
        outsideWords = s.outside()
                .map(o -> Map.of(
                        "layer",
                        "outside layers: the runtime between kernels",
                        "time",
                        Numbers.time(o),
                        "share",
                        Numbers.share(state.times().share(o))))
                .orElse(Map.of());
        boolean known = s.outside().isPresent();
        outside.setVisible(known);
        outside.setManaged(known);
        setVisible(state.hasModel());
        setManaged(state.hasModel());
        fill();
    }

    private static String title(LayersState state) {
        String rows = state.filtered()
                ? Numbers.grouped(state.rows().size()) + " of " + Numbers.grouped(state.allRows()) + " rows"
                : Numbers.grouped(state.allRows()) + " rows";
        return rows + " · " + Numbers.grouped(state.nodes()) + " nodes";
    }

    /// How the sum compares with the unprofiled latency: it tells whether the layers can be believed.
    private static String againstLatency(LayersState state) {
        if (!state.times().measured()) {
            return "not run yet: F5 measures every layer";
        }
        if (state.times().running() || state.filtered()) {
            return state.times().running() ? "running" : "";
        }
        return state.sums()
                .time()
                .flatMap(sum -> state.times().latency().map(l -> {
                    Duration p50 = l.p50();
                    double off = p50.isZero() ? 0 : (double) sum.toNanos() / p50.toNanos() - 1;
                    return "unprofiled p50 " + Numbers.time(p50) + " (sum " + Numbers.change(off) + ")";
                }))
                .orElse("");
    }

    private void fill() {
        outside.getChildren().setAll(cells(outsideWords));
        sum.getChildren().setAll(cells(sumWords));
    }

    private List<Label> cells(Map<String, String> words) {
        return table.getVisibleLeafColumns().stream()
                .map(c -> {
                    Label l = new Label(words.getOrDefault(c.getId(), ""));
                    l.getStyleClass().add("table-footer-cell");
                    l.setAlignment(c.getStyleClass().contains("number-column") ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
                    l.minWidthProperty().bind(c.widthProperty());
                    l.maxWidthProperty().bind(c.widthProperty());
                    return l;
                })
                .toList();
    }
}
