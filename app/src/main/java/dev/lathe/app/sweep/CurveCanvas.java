package dev.lathe.app.sweep;

import dev.lathe.app.live.ValueRange;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javafx.beans.value.ObservableValue;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// Draws one chart of a sweep: values that double lie as far apart as those before.
final class CurveCanvas extends Region {
    private static final double RIGHT = 14;
    private static final double TOP = 8;
    private static final double BOTTOM = 20;
    private static final double LINE = 13;
    /// From this ratio on the axis is logarithmic.
    private static final double WIDE = 6;

    private final Canvas canvas = new Canvas();
    private final ObservableValue<Palette> palette;
    private final String family;
    private Optional<SweepCurve> curve = Optional.empty();

    CurveCanvas(ObservableValue<Palette> palette, String family) {
        this.palette = palette;
        this.family = family;
        getChildren().add(canvas);
        setMinSize(0, 0);
        palette.addListener((o, before, now) -> draw());
    }

    void show(SweepCurve next) {
        curve = Optional.of(next);
        draw();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        draw();
    }

    /// The colour of a line: each quantity has its own, unless several series are told apart.
    static int colour(SweepCurve c, SweepCurve.Line line, boolean dark) {
        boolean several = c.lines().stream().anyMatch(l -> l.series() > 0);
        if (several) {
            return Palette.category(line.series());
        }
        return switch (c.quantity()) {
            case LATENCY -> Palette.category(line.upper() ? dark ? 1 : 5 : dark ? 0 : 4);
            case THROUGHPUT -> Palette.category(2);
            case MEMORY -> Palette.category(3);
        };
    }

    private void draw() {
        double w = canvas.getWidth();
        double h = canvas.getHeight();
        GraphicsContext g = canvas.getGraphicsContext2D();
        Palette p = palette.getValue();
        g.setFill(Paints.fx(p.pane()));
        g.fillRect(0, 0, w, h);
        if (curve.isPresent() && w > 80 && h > 50) {
            new Drawing(g, p, curve.get(), w, h).draw();
        }
    }

    /// One drawing with its scales.
    private final class Drawing {
        private final GraphicsContext g;
        private final Palette p;
        private final SweepCurve c;
        private final double left;
        private final double right;
        private final double bottom;
        private final TreeSet<Double> xs = new TreeSet<>();
        private final double top;
        private final double step;

        Drawing(GraphicsContext g, Palette p, SweepCurve c, double w, double h) {
            this.g = g;
            this.p = p;
            this.c = c;
            double most = c.limit().orElse(0);
            for (SweepCurve.Line line : c.lines()) {
                for (SweepCurve.Point point : line.points()) {
                    xs.add(point.x());
                    most = Math.max(most, point.y());
                }
            }
            step = ValueRange.niceStep(Math.max(1e-9, most / 3.5));
            top = Math.max(step, Math.ceil(most * 1.02 / step) * step);
            left = 14 + width(tick(top));
            right = w - RIGHT;
            bottom = h - BOTTOM;
        }

        void draw() {
            axes();
            c.limit().ifPresent(this::limit);
            for (SweepCurve.Line line : c.lines()) {
                line(line);
            }
            c.best().ifPresent(this::best);
        }

        private double x(double v) {
            double least = xs.first();
            double most = xs.last();
            if (least == most) {
                return (left + right) / 2;
            }
            boolean wide = most / least >= WIDE;
            double part = wide ? Math.log(v / least) / Math.log(most / least) : (v - least) / (most - least);
            return left + 8 + (right - left - 16) * part;
        }

        private double y(double v) {
            return bottom - (bottom - TOP) * v / top;
        }

        private String tick(double v) {
            return v == 0 ? "0" : step >= 1 ? Numbers.grouped(Math.round(v)) : Numbers.digits(v, 2);
        }

        private void axes() {
            g.setFont(Font.font(family, 11));
            g.setLineWidth(1);
            g.setLineDashes();
            g.setTextBaseline(VPos.CENTER);
            g.setTextAlign(TextAlignment.RIGHT);
            for (double v = 0; v <= top * 1.001; v += step) {
                double y = Math.round(y(v)) + 0.5;
                g.setStroke(Paints.fx(p.rule()));
                g.strokeLine(left, y, right, y);
                g.setFill(Paints.fx(p.muted()));
                g.fillText(tick(v), left - 6, y);
            }
            g.setTextBaseline(VPos.TOP);
            g.setTextAlign(TextAlignment.CENTER);
            double until = Double.NEGATIVE_INFINITY;
            for (double v : xs) {
                String text = Numbers.grouped(Math.round(v));
                double half = width(text) / 2;
                double x = Math.clamp(x(v), half, Math.max(half, right + RIGHT - half));
                if (x - half > until + 6) {
                    g.fillText(text, x, bottom + 5);
                    until = x + half;
                }
            }
        }

        private void limit(double v) {
            double y = Math.round(y(v)) + 0.5;
            g.setStroke(Paints.fx(p.bad()));
            g.setLineDashes(6, 4);
            g.strokeLine(left, y, right, y);
            g.setLineDashes();
            g.setFill(Paints.fx(p.bad()));
            g.setTextAlign(TextAlignment.LEFT);
            g.setTextBaseline(y - LINE < TOP ? VPos.TOP : VPos.BOTTOM);
            g.fillText("limit", left + 4, y + (y - LINE < TOP ? 2 : -2));
        }

        private void line(SweepCurve.Line line) {
            List<SweepCurve.Point> points = line.points();
            int colour = colour(c, line, p.dark());
            boolean several = c.lines().stream().anyMatch(l -> l.series() > 0);
            g.setStroke(Paints.fx(colour));
            g.setFill(Paints.fx(colour));
            g.setLineWidth(1.5);
            g.setLineDashes(several && line.upper() ? new double[] {5, 4} : new double[0]);
            for (int i = 1; i < points.size(); i++) {
                g.strokeLine(
                        x(points.get(i - 1).x()),
                        y(points.get(i - 1).y()),
                        x(points.get(i).x()),
                        y(points.get(i).y()));
            }
            g.setLineDashes();
            for (SweepCurve.Point point : points) {
                g.fillOval(x(point.x()) - 2.5, y(point.y()) - 2.5, 5, 5);
            }
        }

        private void best(SweepCurve.Point at) {
            double x = x(at.x());
            double y = y(at.y());
            g.setStroke(Paints.fx(p.accent()));
            g.setLineWidth(2);
            g.strokeOval(x - 6, y - 6, 12, 12);
            g.setFont(Font.font(family, FontWeight.BOLD, 11));
            g.setFill(Paints.fx(p.accent()));
            g.setTextBaseline(VPos.CENTER);
            boolean leftOf = x + 40 > right;
            g.setTextAlign(leftOf ? TextAlignment.RIGHT : TextAlignment.LEFT);
            g.fillText("best", leftOf ? x - 10 : x + 10, Math.max(TOP + 4, y - 8));
        }

        private double width(String text) {
            Text t = new Text(text);
            t.setFont(Font.font(family, 11));
            return t.getLayoutBounds().getWidth();
        }
    }
}
