package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Insets;

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

    /// The whole graph when that can still be read, else its beginning at a size that can.
    OverlayPlaces.View first(GraphScene s) {
        OverlayPlaces.View all = whole(s);
        if (all.camera().zoom() >= READABLE) {
            return all;
        }
        double z = Math.clamp((width - 60) / s.layout().width(), 0.75, 1);
        // The widest box stands on the trunk: what hangs beside it may be out of sight.
        double trunk = s.layout().boxes().stream()
                .max(Comparator.comparingDouble(Box::w))
                .map(Box::centreX)
                .orElse(s.layout().width() / 2);
        return emptiest(s, uncut(s, new Camera(width / 2 - trunk * z, MARGIN, z)));
    }

    /// Moved sideways a little, where that leaves fewer boxes cut by the edges of the view: the rest of a name says
    /// nothing.
    private Camera uncut(GraphScene s, Camera from) {
        List<Box> seen = s.layout().boxes().stream()
                .filter(b -> b.parent() < 0 && from.screenY(b.y()) < height)
                .limit(MOST_EDGES)
                .toList();
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

    /// Moved sideways so far that the box is in sight, where it fits.
    Camera sideways(Box b, Camera now) {
        double left = now.screenX(b.x());
        double room = width - 2 * EDGE - b.w() * now.zoom();
        return room < 0 ? now : now.moved(Math.clamp(left, EDGE, EDGE + room) - left, 0);
    }
}
