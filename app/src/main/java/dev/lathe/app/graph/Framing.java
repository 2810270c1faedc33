package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javafx.geometry.Insets;
import javafx.geometry.Rectangle2D;

/// Where the camera stands to show something in a view of this size: the whole graph, its beginning, one box.
record Framing(CanvasOverlays overlays, double width, double height) {
    private static final double MARGIN = 28;
    private static final double EDGE = 12;
    /// Below this titles cannot be read: the first view then shows the beginning only.
    private static final double READABLE = 0.55;
    /// Boxes that are looked at to find a view that cuts few of them.
    private static final int MOST_EDGES = 60;

    /// A way to bring a graph into sight.
    @FunctionalInterface
    interface How {
        OverlayPlaces.View of(Framing framing, GraphScene scene);
    }

    /// Whether the middle of the box is in sight.
    boolean sees(Box b, Camera camera) {
        double x = camera.screenX(b.centreX());
        double y = camera.screenY(b.centreY());
        return x >= 0 && y >= 0 && x <= width && y <= height;
    }

    /// The whole graph as large as it can be without lying under the legend or the minimap.
    OverlayPlaces.View whole(GraphScene s) {
        GraphLayout l = s.layout();
        OverlayPlaces places = overlays.places(s, width, height);
        Camera plain = Camera.showing(0, 0, l.width(), l.height(), width, height, MARGIN);
        OverlayPlaces.View best = emptiest(s, plain);
        double hidden = hidden(s, best);
        for (Insets room : places.rooms()) {
            double inW = width - room.getLeft() - room.getRight();
            double inH = height - room.getBottom();
            if (inW > 200 && inH > 150) {
                Camera c = Camera.showing(0, 0, l.width(), l.height(), inW, inH, MARGIN)
                        .moved(room.getLeft(), 0);
                OverlayPlaces.View view = emptiest(s, c);
                double under = hidden(s, view);
                boolean larger = c.zoom() > best.camera().zoom() + 0.01;
                if (under == 0 && (hidden > 0 || larger) || under < hidden - 1) {
                    best = view;
                    hidden = under;
                }
            }
        }
        return best;
    }

    /// This view with the map in the corner where it hides least.
    private OverlayPlaces.View emptiest(GraphScene s, Camera camera) {
        return Stream.of(OverlayPlaces.Corner.values())
                .map(c -> new OverlayPlaces.View(camera, c))
                .min(Comparator.comparingDouble(v -> hidden(s, v)))
                .orElseThrow();
    }

    private double hidden(GraphScene s, OverlayPlaces.View view) {
        boolean map = CanvasOverlays.needsMap(s.layout(), view.camera(), width, height);
        return overlays.places(s, width, height).covered(s, view.camera(), map, view.corner());
    }

    /// The whole graph when that can still be read, else its beginning at a size that can, clear of legend and map
    /// where that is possible.
    OverlayPlaces.View first(GraphScene s) {
        OverlayPlaces.View all = whole(s);
        if (all.camera().zoom() >= READABLE) {
            return all;
        }
        double z = Math.clamp((width - 60) / s.layout().width(), 0.75, 1);
        // The widest box stands on the trunk: what hangs beside it may be out of sight.
        double trunk = s.layout().boxes().stream()
                .filter(b -> !s.layout().wires().isEmpty())
                .max(Comparator.comparingDouble(Box::w))
                .map(Box::centreX)
                .orElse(s.layout().width() / 2);
        OverlayPlaces.View plain = emptiest(s, uncut(s, new Camera(width / 2 - trunk * z, MARGIN, z)));
        return hidden(s, plain) == 0 ? plain : clear(s, plain, trunk);
    }

    /// The beginning moved aside, or smaller, so that nothing floats over it: as little as helps.
    private OverlayPlaces.View clear(GraphScene s, OverlayPlaces.View plain, double trunk) {
        OverlayPlaces places = overlays.places(s, width, height);
        return DoubleStream.of(plain.camera().zoom(), 0.75, 0.65, READABLE)
                .filter(z -> z <= plain.camera().zoom())
                .boxed()
                .flatMap(z -> beginnings(s, places, trunk, z))
                .map(c -> emptiest(s, c))
                .filter(v -> hidden(s, v) < 1)
                .max(Comparator.<OverlayPlaces.View>comparingDouble(
                                v -> v.camera().zoom())
                        .thenComparingLong(v -> -cut(head(s, v.camera()), v.camera()))
                        .thenComparingDouble(v -> -Math.abs(v.camera().screenX(trunk) - width / 2)))
                .orElse(plain);
    }

    /// Ways to look at the beginning: from the top edge or from below the map, blocks beside legend and map.
    private Stream<Camera> beginnings(GraphScene s, OverlayPlaces places, double trunk, double z) {
        double below = places.map(OverlayPlaces.Corner.TOP_RIGHT).getMaxY() + EDGE;
        double beside = places.legend().getMaxX() + EDGE;
        double before = places.map(OverlayPlaces.Corner.TOP_RIGHT).getMinX() - EDGE;
        return Stream.of(MARGIN, below)
                .map(y -> new Camera(width / 2 - trunk * z, y, z))
                .flatMap(c -> Stream.concat(
                        Stream.of(c),
                        head(s, c).stream()
                                .flatMap(b -> Stream.of(
                                        c.moved(beside - c.screenX(b.x()), 0),
                                        c.moved(before - c.screenX(b.x() + b.w()), 0),
                                        c.moved(width - EDGE - c.screenX(b.x() + b.w()), 0)))))
                // The trunk is what a model begins with: it stays in sight.
                .filter(c -> c.screenX(trunk) > width * 0.15 && c.screenX(trunk) < width * 0.85);
    }

    /// The first boxes that are not below the view.
    private List<Box> head(GraphScene s, Camera c) {
        return s.layout().boxes().stream()
                .filter(b -> b.parent() < 0 && c.screenY(b.y()) < height)
                .limit(MOST_EDGES)
                .toList();
    }

    /// Moved sideways a little, where that leaves fewer boxes cut by the edges of the view: the rest of a name says
    /// nothing.
    private Camera uncut(GraphScene s, Camera from) {
        List<Box> seen = head(s, from);
        return seen.stream()
                .flatMap(b -> Stream.of(
                        from.moved(EDGE - from.screenX(b.x()), 0),
                        from.moved(width - EDGE - from.screenX(b.x() + b.w()), 0)))
                .filter(c -> Math.abs(c.panX() - from.panX()) < width / 3)
                .min(Comparator.<Camera>comparingLong(c -> cut(seen, c))
                        .thenComparingDouble(c -> Math.abs(c.panX() - from.panX())))
                .filter(c -> cut(seen, c) < cut(seen, from))
                .orElse(from);
    }

    /// How much is cut at the sides; a block counts more than an input, half of it hides its cost.
    private long cut(List<Box> boxes, Camera c) {
        return boxes.stream()
                .filter(b -> {
                    double left = c.screenX(b.x());
                    double right = c.screenX(b.x() + b.w());
                    return left < 0 && right > 0 || left < width && right > width;
                })
                .mapToLong(b -> b.kind().isPill() ? 1 : 4)
                .sum();
    }

    /// One box as large as it can be, with a little of what is around it.
    Camera filling(Box b) {
        return Camera.showing(b.x(), b.y(), b.w(), b.h(), width, height, Math.min(width, height) * 0.12);
    }

    /// One box in the middle, readable; sideways so that the opened block around it is seen whole, where that is
    /// possible.
    Camera on(GraphScene s, Box b, Camera now) {
        double z = Math.max(now.zoom(), 0.8);
        Camera centred = new Camera(width / 2 - b.centreX() * z, height / 2 - b.centreY() * z, z);
        Box outer = b;
        while (outer.parent() >= 0) {
            outer = s.layout().boxes().get(outer.parent());
        }
        return sideways(outer, centred);
    }

    /// Where an opened block is in sight, and clear of legend and map where it fits between them: moved as little as
    /// that needs.
    OverlayPlaces.View opened(GraphScene s, Box b, Camera now) {
        Camera aside = sideways(b, now);
        if (b.h() * now.zoom() > height - 2 * EDGE || b.w() * now.zoom() > width - 2 * EDGE) {
            return new OverlayPlaces.View(aside, overlays.corner());
        }
        OverlayPlaces places = overlays.places(s, width, height);
        return Stream.of(OverlayPlaces.Corner.values())
                .flatMap(corner ->
                        around(b, now, places.legend(), places.map(corner)).map(c -> new OverlayPlaces.View(c, corner)))
                .min(Comparator.comparingDouble(v -> outside(b, v.camera()) * 4
                        + places.covered(
                                s,
                                v.camera(),
                                CanvasOverlays.needsMap(s.layout(), v.camera(), width, height),
                                v.corner())
                        + Math.hypot(v.camera().panX() - now.panX(), v.camera().panY() - now.panY())
                        + (v.corner() == overlays.corner() ? 0 : 1)))
                .orElse(new OverlayPlaces.View(aside, overlays.corner()));
    }

    /// The box at the edges of the view and of what floats in it.
    private Stream<Camera> around(Box b, Camera now, Rectangle2D legend, Rectangle2D map) {
        double left = now.screenX(b.x());
        double right = now.screenX(b.x() + b.w());
        double top = now.screenY(b.y());
        double bottom = now.screenY(b.bottom());
        return DoubleStream.of(
                        0,
                        EDGE - left,
                        legend.getMaxX() + EDGE - left,
                        map.getMaxX() + EDGE - left,
                        width - EDGE - right,
                        map.getMinX() - EDGE - right)
                .boxed()
                .flatMap(dx -> DoubleStream.of(
                                0,
                                EDGE - top,
                                map.getMaxY() + EDGE - top,
                                height - EDGE - bottom,
                                legend.getMinY() - EDGE - bottom,
                                map.getMinY() - EDGE - bottom)
                        .mapToObj(dy -> now.moved(dx, dy)));
    }

    /// Pixels of the box that are out of sight.
    private double outside(Box b, Camera c) {
        double w = Math.min(width, c.screenX(b.x() + b.w())) - Math.max(0, c.screenX(b.x()));
        double h = Math.min(height, c.screenY(b.bottom())) - Math.max(0, c.screenY(b.y()));
        return b.w() * b.h() * c.zoom() * c.zoom() - Math.max(0, w) * Math.max(0, h);
    }

    /// Moved sideways so far that the box is in sight, where it fits.
    Camera sideways(Box b, Camera now) {
        double left = now.screenX(b.x());
        double room = width - 2 * EDGE - b.w() * now.zoom();
        return room < 0 ? now : now.moved(Math.clamp(left, EDGE, EDGE + room) - left, 0);
    }
}
