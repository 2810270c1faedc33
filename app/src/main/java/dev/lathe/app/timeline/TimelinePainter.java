package dev.lathe.app.timeline;

import dev.lathe.app.graph.TextWidth;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.graph.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/// Paints one frame of a timeline: ruler, names of tracks, slices, counters.
final class TimelinePainter {
    private static final double LEAST_TEXT = 26;
    private static final double SIZE = TimelineLayout.SIZE;

    /// Slices of fewer pixels show a colour and nothing else, and there are many of them.
    private static final double CROWDED = 8;

    private final GraphicsContext g;
    private final Palette palette;
    private final Font font;
    private final Timeline timeline;
    private final TimelineLayout layout;
    private final KindColours colours;
    private final TimeView view;
    private final double scroll;
    private final double height;
    private final CrowdedPixels crowd;

    /// What is marked: a slice below the pointer, the picked one, the selected layer's, a stretch of time.
    record Marks(Optional<Slice> pointed, Optional<Slice> picked, Optional<NodeId> selected, Optional<RangeSum> range) {
        /// Whether a slice may be marked.
        boolean any() {
            return pointed.isPresent() || picked.isPresent() || selected.isPresent();
        }
    }

    TimelinePainter(
            GraphicsContext g,
            Palette palette,
            Font font,
            Timeline timeline,
            TimelineLayout layout,
            KindColours colours,
            TimeView view,
            double scroll,
            double height,
            CrowdedPixels crowd) {
        this.g = g;
        this.palette = palette;
        this.font = font;
        this.timeline = timeline;
        this.layout = layout;
        this.colours = colours;
        this.view = view;
        this.scroll = scroll;
        this.height = height;
        this.crowd = crowd;
    }

    void paint(Marks marks) {
        double right = view.left() + view.width();
        g.setLineDashes();
        g.setLineWidth(1);
        g.setFont(font);
        g.setFill(Paints.fx(palette.pane()));
        g.fillRect(0, 0, right, height);
        grid();
        marks.range().ifPresent(this::range);
        for (TimelineLayout.Line line : layout.lines()) {
            double y = y(line);
            if (y + line.height() < TimelineLayout.RULER || y > height) {
                continue;
            }
            if (line.isCounter()) {
                counter(timeline.counters().get(line.track()), y, line.height());
            } else {
                row(timeline.tracks().get(line.track()).rows().get(line.row()), y, marks);
            }
        }
        crowd.done();
        names();
        ruler();
    }

    private double y(TimelineLayout.Line line) {
        return TimelineLayout.RULER + line.top() - scroll;
    }

    private void grid() {
        TimeTicks ticks = TimeTicks.of(view, timeline.from());
        g.setStroke(Paints.fx(palette.rule()));
        for (double t = ticks.first(); timeline.from() + t <= view.to(); t += ticks.step()) {
            double x = Math.round(view.x(timeline.from() + t)) + 0.5;
            g.strokeLine(x, TimelineLayout.RULER, x, height);
        }
    }

    private void ruler() {
        g.setFill(Paints.fx(palette.block()));
        g.fillRect(0, 0, view.left() + view.width(), TimelineLayout.RULER);
        g.setStroke(Paints.fx(palette.border()));
        g.strokeLine(0, TimelineLayout.RULER - 0.5, view.left() + view.width(), TimelineLayout.RULER - 0.5);
        TimeTicks ticks = TimeTicks.of(view, timeline.from());
        g.setFill(Paints.fx(palette.muted()));
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.CENTER);
        for (double t = ticks.first(); timeline.from() + t <= view.to(); t += ticks.step()) {
            double x = Math.round(view.x(timeline.from() + t)) + 0.5;
            g.strokeLine(x, TimelineLayout.RULER - 6, x, TimelineLayout.RULER);
            String label = ticks.label(t);
            if (x + 4 + TextWidth.of(label, SIZE, false) < view.left() + view.width()) {
                g.fillText(label, x + 4, TimelineLayout.RULER / 2 - 1);
            }
        }
        g.fillText(Numbers.nanos((view.to() - view.from()) * 1e3) + " shown", 12, TimelineLayout.RULER / 2 - 1);
    }

    private void names() {
        g.setFill(Paints.fx(palette.pane()));
        g.fillRect(0, 0, view.left() - 1, height);
        g.setStroke(Paints.fx(palette.rule()));
        g.strokeLine(view.left() - 0.5, 0, view.left() - 0.5, height);
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.CENTER);
        String owner = "";
        for (TimelineLayout.Line line : layout.lines()) {
            double y = y(line);
            boolean counter = line.isCounter();
            if (line.row() > 0 || y + line.height() < TimelineLayout.RULER || y > height) {
                continue;
            }
            String of = counter
                    ? timeline.counters().get(line.track()).owner()
                    : timeline.tracks().get(line.track()).owner();
            String name = counter
                    ? timeline.counters().get(line.track()).name()
                    : timeline.tracks().get(line.track()).name();
            g.setFill(Paints.fx(palette.text()));
            g.fillText(Shortened.end(name, SIZE, view.left() - TimelineLayout.BESIDE), 12, y + TimelineLayout.ROW / 2);
            boolean room = counter || timeline.tracks().get(line.track()).rows().size() > 1;
            g.setFill(Paints.fx(palette.muted()));
            if (counter) {
                CounterCurve c = timeline.counters().get(line.track());
                g.fillText("most " + amount(c), 12, y + TimelineLayout.ROW * 1.4);
            } else if (room && !of.isEmpty() && !of.equals(owner)) {
                g.fillText(
                        Shortened.end(of, SIZE, view.left() - TimelineLayout.BESIDE), 12, y + TimelineLayout.ROW * 1.5);
            }
            owner = of;
        }
    }

    private static String amount(CounterCurve c) {
        return c.bytes() ? Numbers.bytes(c.most()) : Numbers.digits(c.most(), 3);
    }

    private void row(SliceRow row, double y, Marks marks) {
        double h = TimelineLayout.ROW;
        crowd.begin();
        List<Runnable> outlines = new ArrayList<>();
        boolean any = marks.any();
        RowPixels.each(row, view, new RowPixels.Painter() {
            @Override
            public void slice(Slice s, double x0, double x1) {
                double w = x1 - x0 > 4 ? x1 - x0 - 0.5 : x1 - x0;
                boolean crowded = w < CROWDED;
                if (crowded && !any) {
                    crowd.fill(x0, x1, colours.argb(s.kind(), 1));
                    return;
                }
                boolean chosen = marks.selected().filter(s.nodes()::contains).isPresent();
                boolean picked = marks.picked().filter(p -> p == s).isPresent();
                boolean pointed = marks.pointed().filter(p -> p == s).isPresent();
                if (crowded && !chosen && !picked && !pointed) {
                    crowd.fill(x0, x1, colours.argb(s.kind(), 1));
                    return;
                }
                g.setFill(colours.of(s.kind()));
                g.fillRect(x0, y, w, h);
                if (w >= LEAST_TEXT) {
                    label(s, x0, w, y);
                }
                if (chosen || picked) {
                    outlines.add(() -> outline(x0, y, w, palette.accent(), 2));
                } else if (pointed) {
                    outlines.add(() -> outline(x0, y, w, palette.strong(), 1));
                }
            }

            @Override
            public void dense(double x0, double x1, double busy, Slice first) {
                crowd.fill(x0, x1, colours.argb(first.kind(), busy));
            }
        });
        crowd.end(g, y, h);
        // Over what is crowded beside them.
        outlines.forEach(Runnable::run);
    }

    private void outline(double x, double y, double w, int colour, double wide) {
        g.setStroke(Paints.fx(colour));
        g.setLineWidth(wide);
        g.strokeRect(x - 0.5, y - 0.5, w + 1, TimelineLayout.ROW + 1);
        g.setLineWidth(1);
    }

    private void label(Slice s, double x, double w, double y) {
        String text = Shortened.start(s.name(), SIZE, w - 8);
        if (text.length() > 1) {
            g.setFill(colours.ink(s.kind()));
            g.setTextAlign(TextAlignment.LEFT);
            g.setTextBaseline(VPos.CENTER);
            g.fillText(text, x + 4, y + TimelineLayout.ROW / 2);
        }
    }

    /// One point for each pixel: the most that it held there. An outline of all points is painted at once, which takes
    /// a fraction of the time that a line for each pixel does.
    private void counter(CounterCurve c, double y, double h) {
        int n = (int) Math.ceil(view.width());
        double[] xs = new double[n + 2];
        double[] ys = new double[n + 2];
        double bottom = y + h;
        for (int i = 0; i < n; i++) {
            double x = view.left() + i;
            int before = c.holding(view.time(x));
            int until = c.holding(view.time(x + 1));
            double value = before < 0 ? 0 : c.values()[before];
            for (int k = Math.max(0, before); k <= until; k++) {
                value = Math.max(value, c.values()[k]);
            }
            xs[i] = x + 0.5;
            ys[i] = bottom - (c.most() <= 0 ? 0 : value / c.most() * (h - 2));
        }
        xs[n] = xs[n - 1];
        ys[n] = bottom;
        xs[n + 1] = xs[0];
        ys[n + 1] = bottom;
        g.setFill(Paints.fx(Palette.category(3), 0.16));
        g.fillPolygon(xs, ys, n + 2);
        g.setStroke(Paints.fx(Palette.category(3)));
        g.setLineWidth(1.5);
        g.strokePolyline(xs, ys, n);
        g.setLineWidth(1);
    }

    private void range(RangeSum r) {
        double x0 = Math.max(view.left(), view.x(r.from()));
        double x1 = Math.min(view.left() + view.width(), view.x(r.to()));
        if (x1 > x0) {
            g.setFill(Paints.fx(palette.accent(), 0.14));
            g.fillRect(x0, TimelineLayout.RULER, x1 - x0, height);
            g.setStroke(Paints.fx(palette.accent()));
            g.strokeLine(x0, TimelineLayout.RULER, x0, height);
            g.strokeLine(x1, TimelineLayout.RULER, x1, height);
        }
    }
}
