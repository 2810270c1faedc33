package dev.lathe.app.compare;

import dev.lathe.app.live.ChartLook;
import dev.lathe.app.live.ValueRange;
import dev.lathe.app.parts.ChartPane;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.util.Comparator;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Every measured variant by latency and file size; colour is how alike its outputs are. Low and left is better, and
/// the dashed front joins those that no other beats in both.
final class VariantMap extends BorderPane {
    private static final double MARK = 11;
    /// Of an axis without any file on it.
    private static final double LEAST_MB = 0.01;
    /// Below a tenth of a millisecond latencies are told in µs.
    private static final double SHORT_NANOS = 1e5;
    private static final float[] DASHES = {6, 4};

    private final XYSeriesCollection points = new XYSeriesCollection();
    private final XYSeriesCollection front = new XYSeriesCollection();
    private final NumberAxis size = new NumberAxis("file size, MB");
    private final NumberAxis latency = new NumberAxis("latency p50, ms");
    private final XYLineAndShapeRenderer marks = new XYLineAndShapeRenderer(false, true);
    private final XYLineAndShapeRenderer dashes = new XYLineAndShapeRenderer(true, false);
    private final XYPlot plot = new XYPlot(points, size, latency, marks);
    private final JFreeChart chart = new JFreeChart(null, null, plot, false);
    private final VBox legend = new VBox(3);
    private final String family;
    private ChartLook look;
    private List<VariantPoint> shown = List.of();
    private double nanosInUnit = 1e6;

    VariantMap(ObservableValue<Palette> palette, String fontFamily) {
        family = fontFamily;
        look = new ChartLook(palette.getValue(), family);
        plot.setDataset(1, front);
        plot.setRenderer(1, dashes);
        Label title = new Label("Latency against size");
        title.getStyleClass().add("chart-title");
        Label better = new Label("low and left is better");
        better.getStyleClass().add("chart-unit");
        HBox header = new HBox(10, title, better);
        header.setAlignment(Pos.BASELINE_LEFT);
        legend.getStyleClass().add("map-legend");
        setTop(header);
        setCenter(new ChartPane(chart, look.font()));
        setRight(legend);
        palette.addListener((o, before, now) -> {
            look = new ChartLook(now, family);
            draw();
        });
    }

    void show(List<VariantPoint> next) {
        shown = next.stream().filter(p -> p.latency().isPresent()).toList();
        draw();
    }

    private void draw() {
        chart.setNotify(false);
        look.apply(chart);
        plot.clearAnnotations();
        points.removeAllSeries();
        front.removeAllSeries();
        Palette palette = look.palette();
        double lowest =
                shown.stream().mapToDouble(p -> p.cosine().orElse(1)).min().orElse(1);
        double floor = Math.min(0.99, Math.floor(lowest * 100) / 100);
        double widest = shown.stream().mapToDouble(VariantMap::megabytes).max().orElse(1);
        boolean tiny = shown.stream().allMatch(p -> nanos(p) < SHORT_NANOS);
        nanosInUnit = tiny ? 1e3 : 1e6;
        latency.setLabel(tiny ? "latency p50, µs" : "latency p50, ms");
        double slowest = shown.stream().mapToDouble(this::time).max().orElse(1);
        double fastest = shown.stream().mapToDouble(this::time).min().orElse(0);
        size.setRange(0, Math.max(LEAST_MB, widest * 1.15));
        double room = Math.max((slowest - fastest) * 0.25, slowest * 0.1);
        latency.setRange(Math.max(0, fastest - room), slowest + room);
        latency.setTickUnit(
                new NumberTickUnit(ValueRange.niceStep(latency.getRange().getLength() / 5)), false, true);
        size.setTickUnit(new NumberTickUnit(ValueRange.niceStep(size.getRange().getLength() / 5)), false, true);
        for (int i = 0; i < shown.size(); i++) {
            VariantPoint p = shown.get(i);
            XYSeries series = new XYSeries(p.name() + "#" + i);
            series.add(megabytes(p), time(p));
            points.addSeries(series);
            int colour = p.cosine().isPresent()
                    ? Heat.rgb((p.cosine().getAsDouble() - floor) / (1 - floor), palette.dark())
                    : palette.subtle();
            marks.setSeriesPaint(i, Paints.awt(colour));
            marks.setSeriesShape(i, new Ellipse2D.Double(-MARK / 2, -MARK / 2, MARK, MARK));
            marks.setSeriesShapesFilled(i, p.cosine().isPresent());
            marks.setUseOutlinePaint(true);
            marks.setSeriesOutlinePaint(i, Paints.awt(p.chosen() ? palette.accent() : palette.pane()));
            marks.setSeriesOutlineStroke(i, new BasicStroke(p.chosen() ? 2.5f : 1f));
            label(p);
        }
        front();
        dashes.setSeriesPaint(0, Paints.awt(palette.accent()));
        dashes.setSeriesStroke(0, new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, DASHES, 0));
        chart.setNotify(true);
        showLegend(floor);
    }

    /// Above the mark, where the front does not run through it; below it where another mark is close above.
    private void label(VariantPoint p) {
        boolean leftOf = isLeftOf(megabytes(p), size.getUpperBound());
        double gap = size.getUpperBound() * 0.012;
        double up = latency.getRange().getLength() * 0.025;
        boolean below = shown.stream().anyMatch(q -> isCloseAbove(q, p));
        XYTextAnnotation text =
                new XYTextAnnotation(p.name(), megabytes(p) + (leftOf ? -gap : gap), time(p) + (below ? -up : up));
        if (below) {
            text.setTextAnchor(leftOf ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
        } else {
            text.setTextAnchor(leftOf ? TextAnchor.BOTTOM_RIGHT : TextAnchor.BOTTOM_LEFT);
        }
        text.setFont(new Font(family, p.chosen() ? Font.BOLD : Font.PLAIN, 11));
        text.setPaint(Paints.awt(look.palette().text()));
        plot.addAnnotation(text, false);
    }

    /// Whether names above both marks would run into each other.
    private boolean isCloseAbove(VariantPoint q, VariantPoint p) {
        double up = time(q) - time(p);
        return q != p
                && (up > 0 || up == 0 && shown.indexOf(q) < shown.indexOf(p))
                && up < latency.getRange().getLength() * 0.14
                && Math.abs(megabytes(q) - megabytes(p)) < size.getUpperBound() * 0.26;
    }

    /// On the side of a mark where there is more room for a name.
    static boolean isLeftOf(double megabytes, double axis) {
        return megabytes > axis / 2;
    }

    /// Steps through the variants that no other beats in both, smallest first.
    private void front() {
        XYSeries steps = new XYSeries("front", false, true);
        double best = Double.POSITIVE_INFINITY;
        List<VariantPoint> bySize = shown.stream()
                .sorted(Comparator.comparingDouble(VariantMap::megabytes).thenComparingDouble(this::time))
                .toList();
        for (VariantPoint p : bySize) {
            if (time(p) < best) {
                steps.add(megabytes(p), best == Double.POSITIVE_INFINITY ? latency.getUpperBound() : best);
                steps.add(megabytes(p), time(p));
                best = time(p);
            }
        }
        if (!shown.isEmpty()) {
            steps.add(size.getUpperBound(), best);
        }
        front.addSeries(steps);
    }

    private void showLegend(double floor) {
        legend.getChildren().clear();
        Label title = new Label("cosine");
        title.getStyleClass().add("map-legend-title");
        legend.getChildren().add(title);
        for (int i = 0; i <= 4; i++) {
            double cosine = 1 - (1 - floor) * i / 4;
            Rectangle swatch = new Rectangle(
                    12,
                    14,
                    Paints.fx(Heat.rgb(
                            (cosine - floor) / (1 - floor), look.palette().dark())));
            Label l = new Label(Numbers.cosine(cosine), swatch);
            l.getStyleClass().add("chart-legend-item");
            legend.getChildren().add(l);
        }
        Label dashed = new Label("- - front");
        dashed.getStyleClass().add("map-front");
        legend.getChildren().add(dashed);
    }

    private static double megabytes(VariantPoint p) {
        return p.fileBytes() / 1e6;
    }

    private double time(VariantPoint p) {
        return nanos(p) / nanosInUnit;
    }

    private static double nanos(VariantPoint p) {
        return p.latency().orElseThrow().toNanos();
    }
}
