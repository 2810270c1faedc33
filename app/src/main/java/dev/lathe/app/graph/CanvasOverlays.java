package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.scene.canvas.GraphicsContext;

/// What floats above the graph: the legend (bottom left), the minimap (bottom right, or where nothing is) and the plate
/// under the pointer.
final class CanvasOverlays {
    private static final double EDGE = OverlayPlaces.EDGE;
    private static final int MOST_CATEGORIES = 8;
    private static final double MAP = 150;
    private static final double MAP_HEIGHT = 190;
    private static final double LEGEND_WIDTH = 232;
    private static final double LEGEND_HEIGHT = 58;
    /// In a canvas smaller than this the legend is two lines, and the map is small and only there when it is needed.
    private static final double TIGHT_WIDTH = 720;

    private static final double TIGHT_HEIGHT = 440;
    private static final double TIGHT = 0.64;

    /// What a line about copies between devices adds to the legend.
    private static final double COPIES = 18;

    private final Brush b;
    private final GraphicsContext g;
    private final CopyPainter copies;
    private double mapX;
    private double mapY;
    private double mapW;
    private double mapH;
    private double mapScale = 1;
    private double legendW = LEGEND_WIDTH;
    private double legendH = LEGEND_HEIGHT;
    private OverlayPlaces.Corner corner = OverlayPlaces.Corner.BOTTOM_RIGHT;

    CanvasOverlays(Brush brush) {
        b = brush;
        g = brush.g;
        copies = new CopyPainter(brush);
    }

    private static boolean tight(double width, double height) {
        return width < TIGHT_WIDTH || height < TIGHT_HEIGHT;
    }

    private static double legendHeight(double width, double height) {
        return tight(width, height) ? 42 : LEGEND_HEIGHT;
    }

    private double legendWidth(CostOverlay cost, double width, double height) {
        return Math.max(tight(width, height) ? 204 : LEGEND_WIDTH, copiesWidth(cost));
    }

    private double copiesWidth(CostOverlay cost) {
        return cost.copies
                .legend()
                .map(l -> b.width(l, 10, false) + b.width(cost.copies.total(), 10, false) + 64)
                .orElse(0.0);
    }

    /// How many pixels of the map a unit of the layout is.
    private static double mapScale(GraphLayout l, double width, double height) {
        double part = tight(width, height) ? TIGHT : 1;
        return Math.min(MAP * part / Math.max(1, l.width()), MAP_HEIGHT * part / Math.max(1, l.height()));
    }

    /// A small canvas has no room for a map of what it shows anyway.
    static boolean needsMap(GraphLayout l, Camera camera, double width, double height) {
        boolean whole = camera.screenX(0) >= 0
                && camera.screenY(0) >= 0
                && camera.screenX(l.width()) <= width
                && camera.screenY(l.height()) <= height;
        return width > 360 && height > 240 && !(whole && tight(width, height));
    }

    /// Where everything lies above this scene, with the legend that was measured last.
    OverlayPlaces places(GraphScene scene, double width, double height) {
        GraphLayout l = scene.layout();
        double scale = mapScale(l, width, height);
        return new OverlayPlaces(
                width, height, legendW, legendH, Math.max(40, l.width() * scale), Math.max(24, l.height() * scale));
    }

    /// Where legend and map are on the screen.
    List<Rectangle2D> shown(GraphScene scene, CostOverlay cost, Camera camera, double width, double height) {
        measure(cost, width, height);
        OverlayPlaces places = places(scene, width, height);
        return needsMap(scene.layout(), camera, width, height)
                ? List.of(places.legend(), places.map(corner))
                : List.of(places.legend());
    }

    /// Learns how large the legend of these costs is.
    void measure(CostOverlay cost, double width, double height) {
        boolean scale = cost.by.isHeat();
        legendW = scale ? legendWidth(cost, width, height) : categoriesWidth(cost);
        legendH = (scale ? legendHeight(width, height) + (least(cost) ? 16 : 0) : categoriesHeight(cost))
                + (cost.copies.isEmpty() ? 0 : COPIES);
    }

    /// Whether the legend has a line about what is missing in its total.
    private static boolean least(CostOverlay cost) {
        return cost.total.isPresent() && cost.remedy().isPresent();
    }

    OverlayPlaces.Corner corner() {
        return corner;
    }

    /// The corner that the map lies in from now on.
    void corner(OverlayPlaces.Corner next) {
        corner = next;
    }

    private void plate(double x, double y, double w, double h) {
        b.solid();
        b.fill(x, y, w, h, 4, b.colour(b.palette.pane()));
        b.border(x, y, w, h, 4, b.colour(b.palette.border()), 1);
    }

    void legend(CostOverlay cost, double width, double height) {
        if (cost.by.isHeat()) {
            scale(cost, width, height);
        } else {
            categories(cost, height);
        }
    }

    private void scale(CostOverlay cost, double width, double height) {
        Palette p = b.palette;
        boolean tight = tight(width, height);
        double w = legendWidth(cost, width, height);
        double h = legendHeight(width, height);
        Optional<String> remedy = cost.remedy();
        boolean least = least(cost);
        double more = (least ? 16 : 0) + (cost.copies.isEmpty() ? 0 : COPIES);
        double x = EDGE;
        double y = height - EDGE - h - more;
        plate(x, y, w, h + more);
        if (!cost.copies.isEmpty()) {
            copies.legend(cost.copies, x + 10, y + h + more - 11, w - 20);
        }
        double room = w - 28 - b.width(cost.totalText(), 11, false);
        String title = b.width(cost.title(), 11, true) <= room ? cost.title() : cost.shortTitle();
        b.text(title, x + 10, y + 14, 11, true, p.text(), room);
        b.textRight(cost.totalText(), x + w - 10, y + 14, 11, false, p.muted());
        if (least) {
            b.text(remedy.orElse(""), x + 10, y + h + 3, 10, false, p.muted(), w - 20);
        }
        double bar = w - 20;
        if (cost.total.isEmpty()) {
            if (!tight) {
                b.dashes(4, 3);
                b.border(x + 10, y + 26, bar, 7, 1, b.colour(p.edge()), 1);
                b.solid();
            }
            b.text(remedy.orElse(""), x + 10, tight ? y + 30 : y + 45, 10, false, p.muted(), bar);
            return;
        }
        double max = cost.legendMax * 100;
        if (tight) {
            String most = tick(max) + " %";
            double zero = b.text("0", x + 10, y + 30, 10, false, p.muted(), 60) + 6;
            b.textRight(most, x + w - 10, y + 30, 10, false, p.muted());
            colours(x + 10 + zero, y + 27, bar - zero - b.width(most, 10, false) - 6);
            return;
        }
        colours(x + 10, y + 26, bar);
        int ticks = max / 5 == Math.rint(max / 5) || max == 5 ? 5 : 4;
        ticks = max == 3 || max == 6 || max == 30 || max == 60 ? 3 : ticks;
        for (int i = 0; i <= ticks; i++) {
            double v = max * i / ticks;
            String s = i == ticks ? tick(v) + " %" : tick(v);
            double at = x + 10 + bar * i / ticks;
            if (i == 0) {
                b.text(s, at, y + 45, 10, false, p.muted(), 60);
            } else if (i == ticks) {
                b.textRight(s, at, y + 45, 10, false, p.muted());
            } else {
                b.textMiddle(s, at, y + 45, 10, false, p.muted(), 60);
            }
        }
    }

    private void colours(double x, double y, double bar) {
        for (int i = 0; i < bar; i++) {
            g.setFill(b.colour(Heat.rgb(i / (bar - 1), b.palette.dark())));
            g.fillRect(x + i, y, 1.2, 7);
        }
    }

    private static String tick(double percent) {
        return percent == Math.rint(percent) ? Numbers.grouped(Math.round(percent)) : Numbers.digits(percent, 2);
    }

    private double categoriesWidth(CostOverlay cost) {
        double w = b.width(cost.title(), 11, true) + 24;
        for (CostOverlay.Category c : cost.categories.subList(0, Math.min(MOST_CATEGORIES, cost.categories.size()))) {
            w = Math.max(w, b.width(c.name(), 11, false) + 44);
        }
        return Math.max(Math.clamp(w, 150, 320), copiesWidth(cost));
    }

    private static double categoriesHeight(CostOverlay cost) {
        int all = cost.categories.size();
        return 28 + Math.clamp(all, 1, MOST_CATEGORIES) * 18 + (all > MOST_CATEGORIES ? 16 : 0);
    }

    private void categories(CostOverlay cost, double height) {
        Palette p = b.palette;
        int n = Math.min(MOST_CATEGORIES, cost.categories.size());
        double w = categoriesWidth(cost);
        double h = categoriesHeight(cost);
        double more = cost.copies.isEmpty() ? 0 : COPIES;
        double x = EDGE;
        double y = height - EDGE - h - more;
        plate(x, y, w, h + more);
        if (more > 0) {
            copies.legend(cost.copies, x + 10, y + h + more - 11, w - 20);
        }
        b.text(cost.title(), x + 10, y + 14, 11, true, p.text(), w - 20);
        if (n == 0) {
            String why = switch (cost.by) {
                case STAGE -> "not split: choose devices under Split";
                case DEVICE -> "not measured yet: run the model";
                case DTYPE, TIME, BYTES, FLOPS, PARAMETERS -> "not known for this model";
            };
            b.text(why, x + 10, y + 34, 10, false, p.muted(), w - 20);
            return;
        }
        for (int i = 0; i < n; i++) {
            CostOverlay.Category c = cost.categories.get(i);
            double yy = y + 34 + 18 * i;
            b.fill(x + 10, yy - 5, 10, 10, 2, b.colour(Palette.category(c.index())));
            if (Palette.hatched(c.index())) {
                g.setStroke(b.colour(0x0d1117));
                g.setLineWidth(1);
                g.strokeLine(x + 11, yy + 4, x + 19, yy - 4);
            }
            b.text(c.name(), x + 28, yy, 11, false, p.text(), w - 38);
        }
        if (cost.categories.size() > n) {
            b.text("and " + (cost.categories.size() - n) + " more", x + 10, y + h - 12, 10, false, p.muted(), w - 20);
        }
    }

    void minimap(GraphScene scene, CostOverlay cost, Camera camera, double width, double height) {
        GraphLayout l = scene.layout();
        if (!needsMap(l, camera, width, height)) {
            mapW = 0;
            mapH = 0;
            mapX = -100;
            mapY = -100;
            return;
        }
        mapScale = mapScale(l, width, height);
        mapW = Math.max(40, l.width() * mapScale);
        mapH = Math.max(24, l.height() * mapScale);
        Rectangle2D at = places(scene, width, height).map(corner);
        mapX = at.getMinX() + OverlayPlaces.FRAME;
        mapY = at.getMinY() + OverlayPlaces.FRAME;
        plate(at.getMinX(), at.getMinY(), at.getWidth(), at.getHeight());
        List<Box> boxes = l.boxes();
        // Beyond some thousand boxes each is less than a pixel: blocks and groups tell enough.
        for (Box box : boxes) {
            if (boxes.size() > 4000 && box.kind().isLeaf()) {
                continue;
            }
            double x = mapX + box.x() * mapScale;
            double y = mapY + box.y() * mapScale;
            double bw = Math.max(1, box.w() * mapScale);
            double bh = Math.max(1, box.h() * mapScale);
            if (box.kind() == Kind.GROUP) {
                b.border(x, y, bw, bh, 0, b.colour(b.palette.border()), 1);
            } else {
                int rgb = box.kind().isPill()
                        ? b.palette.border()
                        : cost.item(box).flatMap(cost::distant).orElse(b.palette.edge());
                g.setFill(b.colour(rgb));
                g.fillRect(x, y, bw, bh);
            }
        }
        double vx = Math.max(mapX - 4, mapX + camera.layoutX(0) * mapScale);
        double vy = Math.max(mapY - 4, mapY + camera.layoutY(0) * mapScale);
        double vr = Math.min(mapX + mapW + 4, mapX + camera.layoutX(width) * mapScale);
        double vb = Math.min(mapY + mapH + 4, mapY + camera.layoutY(height) * mapScale);
        if (vr > vx && vb > vy) {
            b.border(vx, vy, vr - vx, vb - vy, 2, b.colour(b.palette.accent()), 1.5);
        }
    }

    boolean inMinimap(double sx, double sy) {
        return sx >= mapX - 6 && sy >= mapY - 6 && sx <= mapX + mapW + 6 && sy <= mapY + mapH + 6;
    }

    /// The camera that puts the point of the minimap into the middle.
    Camera fromMinimap(double sx, double sy, Camera now, double width, double height) {
        double x = (sx - mapX) / mapScale;
        double y = (sy - mapY) / mapScale;
        return new Camera(width / 2 - x * now.zoom(), height / 2 - y * now.zoom(), now.zoom());
    }

    /// Lines about what is under the pointer; the first one is a title.
    void tip(List<String> lines, double px, double py, double width, double height) {
        if (lines.isEmpty()) {
            return;
        }
        double w = 0;
        for (int i = 0; i < lines.size(); i++) {
            w = Math.max(w, b.width(lines.get(i), 11, i == 0));
        }
        w = Math.min(w, 420) + 20;
        double h = lines.size() * 16 + 12;
        double x = Math.clamp(px + 14, 4, Math.max(4, width - w - 4));
        double y = py + 18 + h > height ? py - h - 8 : py + 18;
        b.fill(x + 1, y + 2, w, h, 4, b.colour(0x000000, 0.22));
        b.fill(x, y, w, h, 4, b.colour(b.palette.pane()));
        b.border(x, y, w, h, 4, b.colour(b.palette.border()), 1);
        for (int i = 0; i < lines.size(); i++) {
            int rgb = i == 0 ? b.palette.strong() : b.palette.muted();
            b.text(lines.get(i), x + 10, y + 14 + 16 * i, 11, i == 0, rgb, w - 20);
        }
    }
}
