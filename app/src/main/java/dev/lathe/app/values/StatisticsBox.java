package dev.lathe.app.values;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.FactRows;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.optimize.check.ValueStatistics;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/// What the numbers of a tensor are like: its type and shape, range, mean, and how they are spread.
final class StatisticsBox extends VBox {
    private static final double WIDTH = 226;
    private static final double HEIGHT = 44;

    private final ObservableValue<Palette> palette;
    private final Canvas histogram = new Canvas(WIDTH, HEIGHT);
    private final Label low = Controls.label("", "inspector-axis");
    private final Label high = Controls.label("", "inspector-axis");

    StatisticsBox(ObservableValue<Palette> palette) {
        super(4);
        this.palette = palette;
        getStyleClass().add("tensor-statistics");
    }

    void show(TensorContents t) {
        ValueStatistics s = t.statistics();
        Label name = Controls.label(t.name(), "inspector-title");
        name.setTooltip(new Tooltip(t.name()));
        String shape = t.dims().isEmpty()
                ? "scalar"
                : t.dims().stream().map(String::valueOf).collect(Collectors.joining("×"));
        Label type = Controls.label(
                t.dtype().text() + " · " + shape + " · " + Numbers.count(t.elements())
                        + (t.elements() == 1 ? " value" : " values"),
                "inspector-line");
        FactRows rows = new FactRows();
        if (Double.isFinite(s.mean())) {
            rows.add("mean", number(s.mean()), "σ " + number(s.deviation()));
            rows.add("zeros", Numbers.share((double) s.zeros() / Math.max(1, s.elements())), "");
        }
        if (s.nan() > 0 || s.infinite() > 0) {
            rows.add("not finite", Numbers.grouped(s.nan()) + " NaN", Numbers.grouped(s.infinite()) + " infinite");
        }
        getChildren().setAll(name, type);
        if (!s.histogram().isEmpty()) {
            low.setText(number(s.min()));
            high.setText(number(s.max()));
            draw(s.histogram());
            javafx.scene.layout.HBox ends = new javafx.scene.layout.HBox(low, Controls.gap(), high);
            getChildren().addAll(histogram, ends);
        }
        getChildren().add(rows);
    }

    static String number(double v) {
        double a = Math.abs(v);
        return a == 0 || a >= 1e-3 && a < 1e6
                ? Numbers.digits(v, 3)
                : String.format(java.util.Locale.ROOT, "%.2e", v).replace('-', '−');
    }

    /// On a square-root scale, so that tails show.
    private void draw(List<Long> counts) {
        GraphicsContext g = histogram.getGraphicsContext2D();
        Palette p = palette.getValue();
        g.clearRect(0, 0, WIDTH, HEIGHT);
        double most =
                Math.sqrt(Math.max(1, counts.stream().mapToLong(c -> c).max().orElse(1)));
        double bar = WIDTH / counts.size();
        g.setFill(Paints.fx(Palette.category(p.dark() ? 0 : 4)));
        for (int i = 0; i < counts.size(); i++) {
            double up = counts.get(i) == 0 ? 0 : Math.max(1, Math.sqrt(counts.get(i)) / most * (HEIGHT - 4));
            g.fillRect(i * bar, HEIGHT - 1 - up, Math.max(1, bar - 1), up);
        }
        g.setFill(Paints.fx(p.border()));
        g.fillRect(0, HEIGHT - 1, WIDTH, 1);
    }
}
