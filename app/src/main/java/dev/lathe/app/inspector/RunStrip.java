package dev.lathe.app.inspector;

import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// Every run as a dot at its time, with lines at p50 and p90: whether a median can be trusted is seen at once.
final class RunStrip extends Region {
    private static final int MOST_DOTS = 400;

    private static final double DOTS = 26;
    private static final double GAP = 6;

    private final Canvas canvas = new Canvas();
    private final Label fastest = new Label();
    private final Label middle = new Label();
    private final Label most = new Label();
    private final InspectorState.Runs runs;
    private final Palette palette;
    private final Duration low;
    private final Duration high;

    RunStrip(InspectorState.Runs runs, Palette palette) {
        this.runs = runs;
        this.palette = palette;
        List<Duration> sorted = runs.times().stream().sorted().toList();
        low = sorted.getFirst();
        // A single outlier must not press all others into one point.
        Duration p90 = runs.latency().p90();
        Duration far = p90.plus(p90.minus(low)).plus(Duration.ofNanos(1));
        Duration last = sorted.getLast();
        high = Comparator.<Duration>naturalOrder().compare(last, far) < 0 ? last : far;
        name(fastest, Numbers.time(low), "inspector-axis");
        name(middle, "p50 " + Numbers.time(runs.latency().p50()), "inspector-p50");
        name(most, "p90 " + Numbers.time(runs.latency().p90()), "inspector-p90");
        getChildren().addAll(canvas, fastest, middle, most);
    }

    private static void name(Label label, String text, String style) {
        label.setText(text);
        label.getStyleClass().add(style);
    }

    @Override
    protected double computePrefHeight(double width) {
        return DOTS + middle.prefHeight(-1);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(DOTS);
        GraphicsContext g = canvas.getGraphicsContext2D();
        double w = getWidth() - 6;
        double h = DOTS;
        g.clearRect(0, 0, getWidth(), h);
        layoutNames(w);
        SplittableRandom jitter = new SplittableRandom(1);
        int step = Math.max(1, runs.times().size() / MOST_DOTS);
        g.setFill(Paints.fx(palette.muted(), 0.5));
        for (int i = 0; i < runs.times().size(); i += step) {
            double x = 3 + Math.min(1, at(runs.times().get(i))) * w;
            g.fillOval(x - 2, h / 2 - 2 + (jitter.nextDouble() - 0.5) * (h - 14), 4, 4);
        }
        mark(g, runs.latency().p50(), palette.accent(), w, h);
        mark(g, runs.latency().p90(), Palette.category(palette.dark() ? 1 : 5), w, h);
    }

    /// The names as near to their marks as they fit beside one another.
    private void layoutNames(double w) {
        double first = Math.ceil(fastest.prefWidth(-1));
        double second = Math.ceil(middle.prefWidth(-1));
        double third = Math.ceil(most.prefWidth(-1));
        double last = Math.max(0, getWidth() - third);
        double x90 = Math.clamp(3 + Math.min(1, at(runs.latency().p90())) * w - third / 2, 0, last);
        double x50 = 3 + Math.min(1, at(runs.latency().p50())) * w - second / 2;
        x50 = Math.max(first + GAP, Math.min(x50, last - GAP - second));
        x90 = Math.clamp(Math.max(x90, x50 + second + GAP), 0, last);
        place(fastest, 0, first);
        place(middle, x50, second);
        place(most, x90, third);
    }

    private static void place(Label label, double x, double width) {
        label.resizeRelocate(Math.round(x), DOTS, width, label.prefHeight(-1));
    }

    private void mark(GraphicsContext g, Duration time, int colour, double w, double h) {
        g.setFill(Paints.fx(colour));
        g.fillRect(Math.round(3 + Math.min(1, at(time)) * w) - 1, 1, 2, h - 2);
    }

    private double at(Duration time) {
        double span = high.minus(low).toNanos();
        return span <= 0 ? 0.5 : (time.toNanos() - low.toNanos()) / span;
    }
}
