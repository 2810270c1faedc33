package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Dot;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Label;
import dev.lathe.app.graph.GraphLayout.Stub;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// Draws a scene as the camera sees it: only what is in sight, and only as much as can be read at that
/// zoom.
final class GraphPainter {
    /// What is special about boxes at this moment.
    record Marks(int selected, int hovered) {}

    private static final int GRID = 24;

    private final Brush b;
    private final GraphicsContext g;
    private Camera camera = new Camera(0, 0, 1);
    private double width;
    private double height;
    private Detail detail = Detail.ALL;

    GraphPainter(Brush brush) {
        this.b = brush;
        this.g = brush.g;
    }

    /// @param boxes the layout's boxes, perhaps on their way to their places
    /// @param fade how visible wires are, 0…1
    void paint(
            GraphScene scene,
            List<Box> boxes,
            CostOverlay cost,
            Marks marks,
            Camera view,
            double w,
            double h,
            double fade) {
        camera = view;
        width = w;
        height = h;
        detail = Detail.at(view.zoom());
        List<Box> seen = new ArrayList<>();
        for (Box box : boxes) {
            if (visible(box.x(), box.y(), box.w(), box.h(), 8)) {
                seen.add(box);
            }
        }
        for (Box box : seen) {
            if (box.kind() == Kind.GROUP) {
                group(box, cost, marks);
            }
        }
        if (detail != Detail.BLOCKS && fade > 0) {
            g.setGlobalAlpha(fade);
            wires(scene, cost, marks);
            stubs(scene.layout(), marks);
            g.setGlobalAlpha(1);
        }
        if (marks.selected() >= 0 && marks.selected() < boxes.size()) {
            ring(boxes.get(marks.selected()));
        }
        if (3 > 36 * camera.zoom()) {
            tiles(seen, cost);
        } else {
            for (Box box : seen) {
                if (box.kind() != Kind.GROUP) {
                    box(box, cost, marks);
                }
            }
        }
    }

    void ground(double w, double h, Camera view) {
        g.setFill(b.colour(b.palette.canvas()));
        g.fillRect(0, 0, w, h);
        double step = GRID * view.zoom();
        while (step < 14) {
            step *= 2;
        }
        g.setFill(b.colour(b.palette.grid()));
        double left = Math.floorMod((long) view.panX(), (long) Math.ceil(step));
        for (double x = left % step; x < w; x += step) {
            for (double y = ((view.panY() % step) + step) % step; y < h; y += step) {
                g.fillRect(Math.round(x), Math.round(y), 1.5, 1.5);
            }
        }
    }

    private boolean visible(double x, double y, double w, double h, double margin) {
        double sx = camera.screenX(x);
        double sy = camera.screenY(y);
        return sx < width + margin
                && sy < height + margin
                && sx + w * camera.zoom() > -margin
                && sy + h * camera.zoom() > -margin;
    }

    private double text(double size) {
        return Math.max(Brush.SMALLEST_TEXT, Math.round(size * camera.zoom() * 4) / 4.0);
    }

    /// Boxes too small to see one by one: rectangles of colour, one pass per colour.
    private void tiles(List<Box> seen, CostOverlay cost) {
        var byColour = new java.util.HashMap<Integer, List<Box>>();
        for (Box box : seen) {
            if (box.kind() != Kind.GROUP) {
                int rgb = cost.item(box).flatMap(cost::fill).orElse(b.palette.border());
                byColour.computeIfAbsent(rgb, k -> new ArrayList<>()).add(box);
            }
        }
        byColour.forEach((rgb, list) -> {
            g.setFill(b.colour(rgb));
            for (Box box : list) {
                g.fillRect(
                        Math.round(camera.screenX(box.x())),
                        Math.round(camera.screenY(box.y())),
                        Math.max(1, Math.round(box.w() * camera.zoom())),
                        Math.max(1, Math.round(box.h() * camera.zoom())));
            }
        });
    }

    private void ring(Box box) {
        double z = camera.zoom();
        double r = box.kind().isPill() ? box.h() / 2 * z + 4 : box.kind() == Kind.GROUP ? 9 : 7;
        double x = camera.screenX(box.x());
        double y = camera.screenY(box.y());
        b.solid();
        b.fill(x - 6, y - 6, box.w() * z + 12, box.h() * z + 12, r + 2, b.colour(b.palette.accent(), 0.16));
        b.border(x - 4, y - 4, box.w() * z + 8, box.h() * z + 8, r, b.colour(b.palette.accent()), 2);
    }

    private void group(Box box, CostOverlay cost, Marks marks) {
        double z = camera.zoom();
        double x = camera.screenX(box.x());
        double y = camera.screenY(box.y());
        double w = box.w() * z;
        double h = box.h() * z;
        Palette p = b.palette;
        b.solid();
        b.fill(x, y, w, h, 6, b.colour(p.dark() ? 0x0d1219 : 0xffffff, p.dark() ? 0.85 : 0.9));
        b.border(x, y, w, h, 6, b.colour(marks.hovered() == box.index() ? p.edge() : p.border()), 1);
        if (!detail.atLeast(Detail.BOXES)) {
            return;
        }
        double header = 26 * z;
        double middle = y + Math.max(header, 14) / 2;
        if (detail.atLeast(Detail.TITLES)) {
            g.setStroke(b.colour(p.rule()));
            g.setLineWidth(1);
            g.strokeLine(Brush.snap(x + 1), Brush.snap(y + header), Brush.snap(x + w - 2), Brush.snap(y + header));
        }
        chevron(x + 13 * z, middle, true, z);
        double size = detail.atLeast(Detail.TITLES) ? text(12) : 11;
        double right = x + w - 10 * z;
        Optional<Item> item = cost.item(box);
        String share = item.map(cost::share).orElse("");
        if (detail == Detail.ALL && item.isPresent()) {
            String known = cost.total.isPresent() && !share.equals(Numbers.UNKNOWN)
                    ? cost.text(cost.amount(item.get())) + " · " + share
                    : share;
            b.textRight(known, right, middle, text(11), true, p.strong());
            right -= b.width(known, text(11), true) + 14 * z;
            if (item.get() instanceof Scope s && w > 420 * z && cost.total.isPresent()) {
                double sw = 150 * z;
                strip(cost.strip(s), right - sw, middle - 3 * z, sw, 6 * z);
                right -= sw + 14 * z;
            }
        }
        double used = b.text(box.title(), x + 24 * z, middle, size, true, p.strong(), Math.max(0, right - x - 24 * z));
        if (detail == Detail.ALL) {
            double at = x + 24 * z + used + 14 * z;
            b.text(box.detail(), at, middle, text(11), false, p.muted(), right - at);
        }
    }

    private void chevron(double x, double y, boolean open, double z) {
        double r = Math.max(2.5, 3.5 * z);
        g.setStroke(b.colour(b.palette.muted()));
        g.setLineWidth(1.4);
        b.solid();
        if (open) {
            g.strokePolyline(new double[] {x - r, x, x + r}, new double[] {y - r / 2, y + r / 2, y - r / 2}, 3);
        } else {
            g.strokePolyline(new double[] {x - r / 2, x + r / 2, x - r / 2}, new double[] {y - r, y, y + r}, 3);
        }
    }

    private void box(Box box, CostOverlay cost, Marks marks) {
        switch (box.kind()) {
            case INPUT, OUTPUT -> pill(box, marks);
            case BLOCK -> block(box, cost, marks);
            case LAYER, NODE -> leaf(box, cost, marks);
            case GROUP -> {}
        }
    }

    private void pill(Box box, Marks marks) {
        double z = camera.zoom();
        double x = camera.screenX(box.x());
        double y = camera.screenY(box.y());
        double w = box.w() * z;
        double h = box.h() * z;
        Palette p = b.palette;
        b.fill(x, y, w, h, h / 2, b.colour(p.pane()));
        b.border(x, y, w, h, h / 2, b.colour(marks.hovered() == box.index() ? p.muted() : p.edge()), 1);
        if (!detail.atLeast(Detail.TITLES)) {
            return;
        }
        double middle = y + h / 2;
        double inner = w - 22 * z;
        if (detail == Detail.ALL && !box.detail().isEmpty()) {
            double s = text(10);
            b.textRight(box.detail(), x + w - 11 * z, middle, s, false, p.muted());
            inner -= b.width(box.detail(), s, false) + 10 * z;
        }
        b.text(box.title(), x + 11 * z, middle, text(11), false, p.text(), inner);
    }

    private void block(Box box, CostOverlay cost, Marks marks) {
        double z = camera.zoom();
        double x = camera.screenX(box.x());
        double y = camera.screenY(box.y());
        double w = box.w() * z;
        double h = box.h() * z;
        Palette p = b.palette;
        Optional<Item> item = cost.item(box);
        Optional<Integer> category = cost.by.isHeat() ? Optional.empty() : item.flatMap(cost::category);
        int fill = category.map(c -> Heat.mix(p.block(), Palette.category(c), p.dark() ? 0.16 : 0.14))
                .orElse(p.block());
        b.solid();
        b.fill(x, y, w, h, 4, b.colour(fill));
        int line = category.map(Palette::category).orElse(marks.hovered() == box.index() ? p.edge() : p.border());
        b.border(x, y, w, h, 4, b.colour(line), 1);
        category.ifPresent(c -> b.fill(x, y, Math.max(2, 4 * z), h, 1, b.colour(Palette.category(c))));
        List<CostOverlay.Piece> pieces = item.filter(Scope.class::isInstance)
                .map(i -> cost.strip((Scope) i))
                .orElse(List.of());
        if (detail == Detail.BLOCKS) {
            strip(pieces, x + 2, y + h * 0.5, w - 4, Math.max(2, h * 0.3));
            return;
        }
        double pad = 10 * z;
        if (pieces.isEmpty()) {
            emptyStrip(x + pad, y + h - 11 * z, w - 2 * pad, 5 * z);
        } else {
            strip(pieces, x + pad, y + h - 11 * z, w - 2 * pad, 5 * z);
        }
        double middle = y + 14 * z;
        chevron(x + 13 * z, middle, false, z);
        double right = x + w - pad;
        if (detail == Detail.ALL) {
            String share = item.map(cost::share).orElse("");
            b.textRight(share, right, middle, text(11), false, p.strong());
            right -= Math.max(44 * z, b.width(share, text(11), false) + 12 * z);
            b.textRight(box.detail(), right, middle, text(10), false, p.muted());
            right -= b.width(box.detail(), text(10), false) + 8 * z;
        }
        double size = detail.atLeast(Detail.TITLES) ? text(12) : 11;
        b.text(box.title(), x + 24 * z, middle, size, true, p.strong(), right - x - 24 * z);
    }

    /// Nothing measured yet: a dashed outline where the strip will be.
    private void emptyStrip(double x, double y, double w, double h) {
        b.dashes(4, 3);
        b.border(x, y, w, Math.max(3, h), 1, b.colour(b.palette.border()), 1);
        b.solid();
    }

    private void strip(List<CostOverlay.Piece> pieces, double x, double y, double w, double h) {
        double at = x;
        for (CostOverlay.Piece piece : pieces) {
            double end = at + piece.part() * w;
            double gap = piece.part() * w > 3 ? 1 : 0;
            if (end - at >= 0.4) {
                g.setFill(b.colour(piece.rgb()));
                g.fillRect(at, Math.round(y), Math.max(0.5, end - at - gap), Math.max(2, Math.round(h)));
            }
            at = end;
        }
    }

    private void leaf(Box box, CostOverlay cost, Marks marks) {
        double z = camera.zoom();
        double x = camera.screenX(box.x());
        double y = camera.screenY(box.y());
        double w = box.w() * z;
        double h = box.h() * z;
        Palette p = b.palette;
        Optional<Item> item = cost.item(box);
        Optional<Integer> fill = item.flatMap(cost::fill);
        int ground = fill.orElse(p.block());
        b.solid();
        b.fill(x, y, w, h, 4, b.colour(ground));
        if (fill.isEmpty()) {
            b.dashes(4, 3);
        }
        int line = fill.isPresent() ? b.edgeOf(ground) : p.edge();
        b.border(x, y, w, h, 4, b.colour(marks.hovered() == box.index() ? b.edgeOf(line) : line), 1);
        b.solid();
        if (!detail.atLeast(Detail.TITLES)) {
            return;
        }
        int ink = fill.isPresent() ? Heat.inkOn(ground) : p.text();
        double pad = 8 * z;
        if (detail != Detail.ALL) {
            b.text(tail(box.title(), text(11), w - 2 * pad), x + pad, y + h / 2, text(11), true, ink, w - 2 * pad);
            return;
        }
        String share = item.map(cost::share).orElse("");
        double first = y + 12 * z;
        b.textRight(share, x + w - pad, first, text(10), false, ink);
        double room = w - 2 * pad - (share.isEmpty() ? 0 : b.width(share, text(10), false) + 6 * z);
        b.text(tail(box.title(), text(11), room), x + pad, first, text(11), true, ink, room);
        int quiet = fill.isPresent() ? Heat.mix(ground, ink, 0.86) : p.muted();
        b.text(box.detail(), x + pad, y + 26 * z, text(10), false, quiet, w - 2 * pad);
    }

    /// Of a dotted name that is too long the end tells more.
    private String tail(String title, double size, double room) {
        String t = title;
        while (b.width(t, size, true) > room && t.indexOf('.', 1) > 0 && t.indexOf('.', 1) < t.length() - 2) {
            t = "…" + t.substring(t.indexOf('.', 1) + 1);
        }
        return t;
    }

    private void wires(GraphScene scene, CostOverlay cost, Marks marks) {
        GraphLayout layout = scene.layout();
        b.solid();
        Color edge = b.colour(b.palette.edge());
        Color accent = b.colour(b.palette.accent());
        List<Wire> above = new ArrayList<>();
        g.setStroke(edge);
        g.setFill(edge);
        g.setLineWidth(1.25);
        List<Wire> labelled = new ArrayList<>();
        for (Wire w : layout.wires()) {
            if (!crosses(w)) {
                continue;
            }
            boolean chosen = touches(w, marks.selected());
            if (chosen || crossing(scene, cost, w).isPresent()) {
                above.add(w);
            } else {
                line(w);
            }
            boolean told = layout.boxes().get(w.from()).kind() == Kind.INPUT;
            if (detail == Detail.ALL && w.label().isPresent() && !told) {
                labelled.add(w);
            }
        }
        for (Wire w : above) {
            boolean chosen = touches(w, marks.selected());
            Color c = chosen
                    ? accent
                    : b.colour(Palette.category(crossing(scene, cost, w).orElse(0)));
            g.setStroke(c);
            g.setFill(c);
            g.setLineWidth(2);
            line(w);
        }
        for (Dot d : layout.dots()) {
            double x = camera.screenX(d.x());
            double y = camera.screenY(d.y());
            if (x > 0 && y > 0 && x < width && y < height && detail.atLeast(Detail.TITLES)) {
                double r = 2.2 * Math.min(1, camera.zoom() * 1.2);
                g.setFill(d.from() == marks.selected() ? accent : edge);
                g.fillOval(x - r, y - r, 2 * r, 2 * r);
            }
        }
        List<double[]> told = new ArrayList<>();
        labelled.sort(java.util.Comparator.comparing(w -> !touches(w, marks.selected())));
        for (Wire w : labelled) {
            w.label().ifPresent(l -> label(scene, w, l, touches(w, marks.selected()), told));
        }
    }

    /// The stage that the wire leaves, when it goes from one stage to another.
    private Optional<Integer> crossing(GraphScene scene, CostOverlay cost, Wire w) {
        if (cost.categories.isEmpty() || cost.by != dev.lathe.app.ColourBy.STAGE) {
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

    private static boolean touches(Wire w, int box) {
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

    private boolean crosses(Wire w) {
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
        return visible(minX, minY, maxX - minX, maxY - minY, 40);
    }

    /// A right-angled line with rounded corners, and its arrow.
    private void line(Wire w) {
        double[] p = w.points();
        int n = p.length / 2;
        double z = camera.zoom();
        double tip = w.arrow() && detail.atLeast(Detail.TITLES) ? Math.max(4, 6 * z) : 0;
        double ex = camera.screenX(p[2 * n - 2]);
        double ey = camera.screenY(p[2 * n - 1]);
        double lastX = p[2 * n - 2] - p[2 * n - 4];
        double lastY = p[2 * n - 1] - p[2 * n - 3];
        double dx = Math.abs(lastX) > Math.abs(lastY) ? Math.signum(lastX) : 0;
        double dy = dx == 0 ? Math.signum(lastY) : 0;
        g.beginPath();
        g.moveTo(Brush.snap(camera.screenX(p[0])), Brush.snap(camera.screenY(p[1])));
        for (int i = 1; i < n - 1; i++) {
            double before = Math.hypot(p[2 * i] - p[2 * i - 2], p[2 * i + 1] - p[2 * i - 1]);
            double after = Math.hypot(p[2 * i + 2] - p[2 * i], p[2 * i + 3] - p[2 * i + 1]);
            double r = Math.min(6, Math.min(before, after) / 2) * z;
            double x = Brush.snap(camera.screenX(p[2 * i]));
            double y = Brush.snap(camera.screenY(p[2 * i + 1]));
            if (r < 1.5) {
                g.lineTo(x, y);
            } else {
                g.arcTo(x, y, Brush.snap(camera.screenX(p[2 * i + 2])), Brush.snap(camera.screenY(p[2 * i + 3])), r);
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

    private void label(GraphScene scene, Wire w, Label l, boolean chosen, List<double[]> told) {
        String s = VisibleGraph.edgeLabel(scene.analysis(), w.value());
        if (s.isEmpty()) {
            return;
        }
        double z = camera.zoom();
        double size = text(10);
        double tw = b.width(s, size, false);
        double x = camera.screenX(l.x());
        double y = camera.screenY(l.y());
        if (x < -100 || y < -30 || x > width + 100 || y > height + 30) {
            return;
        }
        int rgb = chosen ? b.palette.accent() : b.palette.muted();
        if (l.vertical()) {
            if (l.room() < 17) {
                return;
            }
            if (free(x + 5 * z, y - 8, tw + 6, 14, told)) {
                plate(x + 5 * z, y - 7, tw + 5, 13);
                b.text(s, x + 7 * z, y - 1, size, false, rgb, 1e9);
            }
        } else {
            if (l.room() * z < tw + 10) {
                return;
            }
            if (!free(x - tw / 2 - 4, y - 8 * z - 7, tw + 8, 14, told)) {
                return;
            }
            b.textMiddle(s, x - 2, y - 8 * z, size, false, rgb, 1e9);
            if (z >= 1) {
                bytes(scene, w).ifPresent(t -> {
                    double half = b.width(t, size, false) / 2;
                    if (l.room() * z >= 2 * half + 8
                            && clearOfBoxes(scene, x - 2, y + 9 * z, half)
                            && free(x - 2 - half, y + 9 * z - 6, 2 * half, 12, told)) {
                        b.textMiddle(t, x - 2, y + 9 * z, size, false, rgb, 1e9);
                    }
                });
            }
        }
    }

    /// Whether a line of text with this middle stands beside every block, layer and pill.
    private boolean clearOfBoxes(GraphScene scene, double x, double y, double half) {
        return scene.layout().boxes().stream()
                .filter(box -> box.kind() != GraphLayout.Kind.GROUP)
                .noneMatch(box -> camera.screenX(box.x()) < x + half
                        && camera.screenX(box.x() + box.w()) > x - half
                        && camera.screenY(box.y()) < y + 7
                        && camera.screenY(box.bottom()) > y - 7);
    }

    private void plate(double x, double y, double w, double h) {
        g.setFill(b.colour(b.palette.canvas(), 0.8));
        g.fillRect(x, y, w, h);
    }

    /// Whether no other label is there; then it is this one's place.
    private static boolean free(double x, double y, double w, double h, List<double[]> told) {
        for (double[] r : told) {
            if (x < r[0] + r[2] && r[0] < x + w && y < r[1] + r[3] && r[1] < y + h) {
                return false;
            }
        }
        told.add(new double[] {x, y, w, h});
        return true;
    }

    static Optional<String> bytes(GraphScene scene, Wire w) {
        var type = scene.analysis().type(w.value());
        OptionalLong n = type.shape().elements();
        return n.isEmpty() || type.dtype().isEmpty()
                ? Optional.empty()
                : Optional.of(Numbers.bytes(type.dtype().get().bytesFor(n.getAsLong())));
    }

    private void stubs(GraphLayout layout, Marks marks) {
        double z = camera.zoom();
        if (!detail.atLeast(Detail.BOXES)) {
            return;
        }
        for (Stub s : layout.stubs()) {
            if (!visible(s.x(), s.y(), s.w(), s.h(), 40)) {
                continue;
            }
            Box at = layout.boxes().get(s.at());
            boolean beside = s.x() > at.right();
            double x = camera.screenX(s.x());
            double y = camera.screenY(s.y());
            Palette p = b.palette;
            int rgb = s.at() == marks.selected() ? p.accent() : p.edge();
            g.setStroke(b.colour(rgb));
            g.setLineWidth(1);
            b.dashes(3, 3);
            if (beside) {
                double yy = Brush.snap(y + s.h() * z / 2);
                g.strokeLine(camera.screenX(at.right()), yy, x, yy);
            } else {
                double xx = Brush.snap(x + s.w() * z / 2);
                g.strokeLine(xx, y + s.h() * z, xx, camera.screenY(at.y()));
            }
            b.fill(x, y, s.w() * z, s.h() * z, s.h() * z / 2, b.colour(p.canvas()));
            b.border(x, y, s.w() * z, s.h() * z, s.h() * z / 2, b.colour(rgb), 1);
            b.solid();
            if (detail.atLeast(Detail.TITLES)) {
                String name = (s.source() ? "→ " : "") + s.name();
                b.textMiddle(
                        name, x + s.w() * z / 2, y + s.h() * z / 2, text(10), false, p.muted(), s.w() * z - 12 * z);
            }
        }
    }
}
