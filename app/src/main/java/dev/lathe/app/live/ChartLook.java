package dev.lathe.app.live;

import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Palette;
import java.awt.BasicStroke;
import java.awt.Font;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/// How charts look in one theme: JFreeChart's own theme type filled from the palette, and the few things that it has no
/// place for.
public final class ChartLook {
    /// The size of captions and of chart axes.
    private static final int SIZE = 11;

    private static final float[] DOTS = {2, 3};

    private final Palette palette;
    private final Font small;
    private final String family;
    private final StandardChartTheme theme;

    /// @param family the window's font; the platform's own where it is not installed
    public ChartLook(Palette palette, String family) {
        this.palette = palette;
        this.family = family;
        this.small = new Font(family, Font.PLAIN, SIZE);
        theme = new StandardChartTheme(palette.dark() ? "Lathe dark" : "Lathe light");
        theme.setExtraLargeFont(new Font(family, Font.BOLD, 15));
        theme.setLargeFont(new Font(family, Font.BOLD, 13));
        theme.setRegularFont(small);
        theme.setSmallFont(small);
        theme.setChartBackgroundPaint(Paints.awt(palette.pane()));
        theme.setPlotBackgroundPaint(Paints.awt(palette.pane()));
        theme.setPlotOutlinePaint(Paints.awt(palette.pane()));
        theme.setDomainGridlinePaint(Paints.awt(palette.rule()));
        theme.setRangeGridlinePaint(Paints.awt(palette.rule()));
        theme.setAxisLabelPaint(Paints.awt(palette.muted()));
        theme.setTickLabelPaint(Paints.awt(palette.muted()));
        theme.setTitlePaint(Paints.awt(palette.strong()));
        theme.setLegendBackgroundPaint(Paints.awt(palette.pane()));
        theme.setLegendItemPaint(Paints.awt(palette.text()));
        theme.setShadowVisible(false);
        theme.setAxisOffset(RectangleInsets.ZERO_INSETS);
    }

    public Palette palette() {
        return palette;
    }

    /// The font of the axes, as JavaFX names it.
    public javafx.scene.text.Font font() {
        return javafx.scene.text.Font.font(family, SIZE);
    }

    /// Applies the theme to a chart with one XY plot.
    public void apply(JFreeChart chart) {
        theme.apply(chart);
        chart.setBackgroundPaint(Paints.awt(palette.pane()));
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        chart.setBorderVisible(false);
        XYPlot plot = chart.getXYPlot();
        plot.setBackgroundPaint(Paints.awt(palette.pane()));
        plot.setOutlineVisible(false);
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setDomainGridlineStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, DOTS, 0));
        plot.setInsets(new RectangleInsets(6, 0, 0, 18));
        axis(plot.getDomainAxis());
        axis(plot.getRangeAxis());
    }

    private void axis(ValueAxis axis) {
        axis.setTickLabelFont(small);
        axis.setTickLabelPaint(Paints.awt(palette.muted()));
        axis.setLabelFont(small);
        axis.setLabelPaint(Paints.awt(palette.muted()));
        axis.setTickMarksVisible(false);
        axis.setAxisLineVisible(false);
    }

    /// The colour of a live line: sky and orange on dark, their deeper neighbours on light.
    int line(LiveChart.Role role, int number) {
        int cool = Palette.category(palette.dark() ? 0 : 4);
        int warm = Palette.category(palette.dark() ? 1 : 5);
        return switch (role) {
            case P50, RESIDENT -> cool;
            case P90 -> warm;
            case THROUGHPUT -> Palette.category(2);
            case ARENA -> Palette.category(3);
            case CORE -> number == 0 ? cool : number == 1 ? warm : Palette.category(number);
        };
    }
}
