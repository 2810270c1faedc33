package dev.lathe.app.live;

import dev.lathe.app.parts.ChartPane;
import dev.lathe.app.parts.Paints;
import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;

/// One live chart: title and current figure above, legend, lines with their newest point marked.
final class LiveChartView extends VBox {
    private static final double MARK = 5;

    private final WindowDataset data = new WindowDataset();
    private final NumberAxis time = new NumberAxis();
    private final NumberAxis value = new NumberAxis();
    private final LastPointRenderer lines = new LastPointRenderer();
    private final XYAreaRenderer areas = new XYAreaRenderer(XYAreaRenderer.AREA);
    private final JFreeChart chart;
    private final Label title = new Label();
    private final Label figure = new Label();
    private final Label unit = new Label();
    private final HBox legend = new HBox(14);
    private final Label remark = new Label();
    private ChartLook look;
    private List<String> legendNames = List.of();

    LiveChartView(ChartLook look) {
        this.look = look;
        getStyleClass().add("live-chart");
        title.getStyleClass().add("chart-title");
        figure.getStyleClass().add("chart-figure");
        unit.getStyleClass().add("chart-unit");
        legend.getStyleClass().add("chart-legend");
        remark.getStyleClass().add("chart-legend-item");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox header = new HBox(4, title, gap, figure, unit);
        header.setAlignment(Pos.BASELINE_LEFT);
        XYPlot plot = new XYPlot(data, time, value, lines);
        plot.setDataset(1, data);
        plot.setRenderer(1, areas);
        plot.setDomainGridlinesVisible(false);
        time.setNumberFormatOverride(new SecondsBeforeNow());
        value.setAutoRangeIncludesZero(false);
        chart = new JFreeChart(null, null, plot, false);
        ChartPane pane = new ChartPane(chart, look.font());
        VBox.setVgrow(pane, Priority.ALWAYS);
        getChildren().addAll(header, legend, pane);
        setLook(look);
    }

    void setLook(ChartLook next) {
        look = next;
        // Eight settings would draw eight times.
        chart.setNotify(false);
        next.apply(chart);
        legendNames = List.of();
        chart.setNotify(true);
    }

    void show(LiveChart c, int windowSeconds) {
        title.setText(c.title());
        figure.setText(c.figure());
        unit.setText(c.unit());
        showLegend(c);
        chart.setNotify(false);
        data.show(c.lines());
        for (int i = 0; i < c.lines().size(); i++) {
            LiveChart.Line line = c.lines().get(i);
            int colour = look.line(line.role(), line.number());
            lines.setSeriesPaint(i, Paints.awt(colour));
            lines.setSeriesStroke(i, new BasicStroke(1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            lines.setSeriesShape(i, new Ellipse2D.Double(-MARK / 2, -MARK / 2, MARK, MARK));
            boolean filled = line.role() == LiveChart.Role.THROUGHPUT
                    || line.role() == LiveChart.Role.RESIDENT
                    || line.role() == LiveChart.Role.ARENA;
            areas.setSeriesPaint(i, Paints.awt(colour, filled ? 0.16 : 0));
        }
        time.setRange(-windowSeconds, windowSeconds / 100.0);
        time.setTickUnit(new NumberTickUnit(windowSeconds / 4.0), false, true);
        ValueRange range = ValueRange.around(c);
        value.setRange(range.low(), range.high());
        value.setTickUnit(new NumberTickUnit(range.step()), false, true);
        data.tell();
        // One drawing for all of it.
        chart.setNotify(true);
    }

    private void showLegend(LiveChart c) {
        remark.setText(c.remark());
        List<String> names = c.lines().stream().map(LiveChart.Line::name).toList();
        if (names.equals(legendNames) && !legend.getChildren().isEmpty()) {
            return;
        }
        legendNames = names;
        legend.getChildren().clear();
        if (c.lines().size() > 1) {
            for (LiveChart.Line line : c.lines()) {
                Rectangle swatch = new Rectangle(10, 3, Paints.fx(look.line(line.role(), line.number())));
                Label l = new Label(line.name(), swatch);
                l.getStyleClass().add("chart-legend-item");
                l.setMinWidth(USE_PREF_SIZE);
                legend.getChildren().add(l);
            }
        }
        legend.getChildren().add(remark);
    }

    /// Lines whose newest point alone has a mark.
    private static final class LastPointRenderer extends XYLineAndShapeRenderer {
        private static final long serialVersionUID = 1L;

        LastPointRenderer() {
            super(true, true);
            setDrawSeriesLineAsPath(true);
        }

        @Override
        public boolean getItemShapeVisible(int series, int item) {
            return item == getPlot().getDataset(0).getItemCount(series) - 1;
        }
    }
}
