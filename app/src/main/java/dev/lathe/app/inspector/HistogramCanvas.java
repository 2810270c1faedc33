package dev.lathe.app.inspector;

import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Palette;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;

/// The distribution of a tensor's values as bars over its range; heights on a square-root scale, so that tails show.
final class HistogramCanvas extends Region {
    private final Canvas canvas = new Canvas();
    private final WeightHistogram histogram;
    private final Palette palette;

    HistogramCanvas(WeightHistogram histogram, Palette palette) {
        this.histogram = histogram;
        this.palette = palette;
        getChildren().add(canvas);
        setPrefHeight(48);
        setMinHeight(48);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        GraphicsContext g = canvas.getGraphicsContext2D();
        double w = getWidth();
        double h = getHeight();
        g.clearRect(0, 0, w, h);
        double bar = w / WeightHistogram.BINS;
        double most = Math.sqrt(Math.max(1, histogram.bins().most()));
        g.setFill(Paints.fx(Palette.category(palette.dark() ? 0 : 4)));
        for (int i = 0; i < histogram.bins().counts().size(); i++) {
            int count = histogram.bins().counts().get(i);
            double high = count == 0 ? 0 : Math.max(1, Math.sqrt(count) / most * (h - 4));
            g.fillRect(i * bar, h - 1 - high, Math.max(1, bar - 1), high);
        }
        g.setFill(Paints.fx(palette.border()));
        g.fillRect(0, h - 1, w, 1);
        if (histogram.min() < 0 && histogram.max() > 0) {
            double zero = -histogram.min() / (histogram.max() - histogram.min()) * w;
            g.setFill(Paints.fx(palette.muted(), 0.7));
            g.fillRect(Math.round(zero), h - 5, 1, 5);
        }
    }
}
