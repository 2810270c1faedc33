package dev.lathe.app.parts;

import javafx.scene.layout.Region;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.fx.ChartCanvas;

/// A chart that fills its place in a layout and asks for none of its own.
public final class ChartPane extends Region {
    private final ChartCanvas canvas;

    public ChartPane(JFreeChart chart) {
        canvas = new ChartCanvas(chart);
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
