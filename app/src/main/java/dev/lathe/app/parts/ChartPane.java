package dev.lathe.app.parts;

import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.fx.ChartCanvas;

/// A chart that fills its place in a layout and asks for none of its own.
public final class ChartPane extends Region {
    private final ChartCanvas canvas;

    /// @param font that of the chart's axes
    public ChartPane(JFreeChart chart, Font font) {
        canvas = new ChartCanvas(chart);
        // ChartCanvas gives the canvas its old font back after each drawing, and its Graphics2D, which believes that
        // its
        // own is still set, then draws the next one with that old font. So the old font is the right one.
        canvas.getGraphicsContext2D().setFont(font);
        canvas.setTooltipEnabled(false);
        getChildren().add(canvas);
        setMinSize(0, 0);
        setPrefSize(120, 80);
    }

    public ChartCanvas canvas() {
        return canvas;
    }

    @Override
    protected void layoutChildren() {
        // A canvas of no size cannot be drawn on.
        canvas.setWidth(Math.max(1, Math.floor(getWidth())));
        canvas.setHeight(Math.max(1, Math.floor(getHeight())));
    }
}
