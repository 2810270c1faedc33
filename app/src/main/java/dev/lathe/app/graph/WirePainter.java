package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Dot;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Stub;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.ui.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// Draws what connects boxes: wires with their arrows and joints, and the stubs of tensors that many use.
final class WirePainter {
    private final Brush b;
    private final GraphicsContext g;
    private final WireLabels labels;
    private final CopyPainter copies;

    WirePainter(Brush brush) {
        b = brush;
        g = brush.g;
        labels = new WireLabels(brush);
        copies = new CopyPainter(brush);
    }

    void wires(GraphScene scene, CostOverlay cost, Sight in) {
        GraphLayout layout = scene.layout();
        b.solid();
        Color edge = b.colour(b.palette.edge());
        Color accent = b.colour(b.palette.accent());
        List<Wire> above = new ArrayList<>();
        g.setStroke(edge);
        g.setFill(edge);
        g.setLineWidth(1.25);
        List<Wire> labelled = new ArrayList<>();
        List<Wire> copied = new ArrayList<>();
        for (Wire w : layout.wires()) {
            if (!crosses(w, in)) {
                continue;
            }
            boolean chosen = touches(w, in.selected());
            boolean copy = !cost.copies.on(w).isEmpty();
            if (copy) {
                copied.add(w);
            } else if (chosen || crossing(scene, cost, w).isPresent()) {
                above.add(w);
            } else {
                line(w, in);
            }
            boolean told = layout.boxes().get(w.from()).kind() == Kind.INPUT;
            if (in.detail() == Detail.ALL && w.label().isPresent() && !told && !copy) {
                labelled.add(w);
            }
        }
        for (Wire w : above) {
            boolean chosen = touches(w, in.selected());
            Color c = chosen
                    ? accent
                    : b.colour(Palette.category(crossing(scene, cost, w).orElse(0)));
            g.setStroke(c);
            g.setFill(c);
            g.setLineWidth(2);
            line(w, in);
        }
        for (Wire w : copied) {
            Color c = touches(w, in.selected()) ? accent : b.colour(WireCopies.COLOUR);
            // Where it begins on the way of others it must not be seen through.
            g.setStroke(b.colour(b.palette.canvas()));
            g.setFill(c);
            g.setLineWidth(CopyPainter.LINE + 1);
            line(w, in);
            g.setStroke(c);
            g.setLineWidth(CopyPainter.LINE);
            copies.dashes();
            line(w, in);
            b.solid();
        }
        for (Dot d : layout.dots()) {
            double x = in.x(d.x());
            double y = in.y(d.y());
            if (x > 0
                    && y > 0
                    && x < in.width()
                    && y < in.height()
                    && in.detail().atLeast(Detail.TITLES)) {
                double r = 2.2 * Math.min(1, in.zoom() * 1.2);
                g.setFill(d.from() == in.selected() ? accent : edge);
                g.fillOval(x - r, y - r, 2 * r, 2 * r);
            }
        }
        List<double[]> plates =
                in.detail().atLeast(Detail.TITLES) ? copies.plates(scene, cost.copies, copied, in) : List.of();
        labels.labels(scene, labelled, plates, in);
    }

    /// The stage that the wire leaves, when it goes from one stage to another.
    private Optional<Integer> crossing(GraphScene scene, CostOverlay cost, Wire w) {
        if (cost.categories.isEmpty() || cost.by != ColourBy.STAGE) {
            return Optional.empty();
        }
        Optional<Integer> from =
                scene.analysis().model().graph().producer(w.value()).flatMap(n -> cost.stage(n.id()));
        if (from.isEmpty()) {
            return Optional.empty();
        }
        for (int t : w.to()) {
            Optional<Integer> to = cost.item(scene.layout().boxes().get(t)).flatMap(cost::category);
            if (to.isPresent() && !to.equals(from)) {
                return from;
            }
        }
        return Optional.empty();
    }

    static boolean touches(Wire w, int box) {
        if (box < 0) {
            return false;
        }
        if (w.from() == box) {
            return true;
        }
        for (int t : w.to()) {
            if (t == box) {
                return true;
            }
        }
        return false;
    }

    private static boolean crosses(Wire w, Sight in) {
        double minX = Double.MAX_VALUE;
        double minY = Double.MAX_VALUE;
        double maxX = -Double.MAX_VALUE;
        double maxY = -Double.MAX_VALUE;
        double[] p = w.points();
        for (int i = 0; i < p.length; i += 2) {
            minX = Math.min(minX, p[i]);
            maxX = Math.max(maxX, p[i]);
            minY = Math.min(minY, p[i + 1]);
            maxY = Math.max(maxY, p[i + 1]);
        }
        return in.sees(minX, minY, maxX - minX, maxY - minY, 40);
    }

    /// A right-angled line with rounded corners, and its arrow.
    private void line(Wire w, Sight in) {
        double[] p = w.points();
        int n = p.length / 2;
        double z = in.zoom();
        double tip = w.arrow() && in.detail().atLeast(Detail.TITLES) ? Math.max(4, 6 * z) : 0;
        double ex = in.x(p[2 * n - 2]);
        double ey = in.y(p[2 * n - 1]);
        double lastX = p[2 * n - 2] - p[2 * n - 4];
        double lastY = p[2 * n - 1] - p[2 * n - 3];
        double dx = Math.abs(lastX) > Math.abs(lastY) ? Math.signum(lastX) : 0;
        double dy = dx == 0 ? Math.signum(lastY) : 0;
        g.beginPath();
        g.moveTo(Brush.snap(in.x(p[0])), Brush.snap(in.y(p[1])));
        for (int i = 1; i < n - 1; i++) {
            double before = Math.hypot(p[2 * i] - p[2 * i - 2], p[2 * i + 1] - p[2 * i - 1]);
            double after = Math.hypot(p[2 * i + 2] - p[2 * i], p[2 * i + 3] - p[2 * i + 1]);
            double r = Math.min(6, Math.min(before, after) / 2) * z;
            double x = Brush.snap(in.x(p[2 * i]));
            double y = Brush.snap(in.y(p[2 * i + 1]));
            if (r < 1.5) {
                g.lineTo(x, y);
            } else {
                g.arcTo(x, y, Brush.snap(in.x(p[2 * i + 2])), Brush.snap(in.y(p[2 * i + 3])), r);
            }
        }
        g.lineTo(Brush.snap(ex) - dx * tip * 0.8, Brush.snap(ey) - dy * tip * 0.8);
        g.stroke();
        if (tip > 0) {
            double hw = tip / 2;
            g.fillPolygon(
                    new double[] {ex, ex - dx * tip - dy * hw, ex - dx * tip + dy * hw},
                    new double[] {ey, ey - dy * tip - dx * hw, ey - dy * tip + dx * hw},
                    3);
        }
    }

    void stubs(GraphLayout layout, WireCopies carried, Sight in) {
        double z = in.zoom();
        if (!in.detail().atLeast(Detail.BOXES)) {
            return;
        }
        for (Stub s : layout.stubs()) {
            if (!in.sees(s.x(), s.y(), s.w(), s.h(), 40)) {
                continue;
            }
            Box at = layout.boxes().get(s.at());
            boolean beside = s.x() > at.right();
            double x = in.x(s.x());
            double y = in.y(s.y());
            Palette p = b.palette;
            boolean copy = carried.at(s);
            int rgb = s.at() == in.selected() ? p.accent() : copy ? WireCopies.COLOUR : p.edge();
            g.setStroke(b.colour(rgb));
            g.setLineWidth(copy ? CopyPainter.LINE : 1);
            b.dashes(3, 3);
            if (beside) {
                double yy = Brush.snap(y + s.h() * z / 2);
                g.strokeLine(in.x(at.right()), yy, x, yy);
            } else {
                double xx = Brush.snap(x + s.w() * z / 2);
                g.strokeLine(xx, y + s.h() * z, xx, in.y(at.y()));
            }
            b.fill(x, y, s.w() * z, s.h() * z, s.h() * z / 2, b.colour(p.canvas()));
            b.border(x, y, s.w() * z, s.h() * z, s.h() * z / 2, b.colour(rgb), copy ? CopyPainter.LINE : 1);
            b.solid();
            if (in.detail().atLeast(Detail.TITLES)) {
                String name = (s.source() ? "→ " : "") + s.name();
                b.textMiddle(
                        name, x + s.w() * z / 2, y + s.h() * z / 2, in.text(10), false, p.muted(), s.w() * z - 12 * z);
            }
        }
    }
}
