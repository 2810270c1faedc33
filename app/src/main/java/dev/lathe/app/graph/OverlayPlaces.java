package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Rectangle2D;

/// Where the legend and the map lie on a canvas of this size in pixels, and how much of a graph is under them.
///
/// @param legendW width of the legend, which is always bottom left
/// @param mapW width of the map without its frame
record OverlayPlaces(double width, double height, double legendW, double legendH, double mapW, double mapH) {
    static final double EDGE = 12;
    /// Between the map's picture and the edge of its plate.
    static final double FRAME = 6;
    /// What blocks keep away from the plates.
    private static final double AIR = 6;

    /// Where the map may lie, the preferred corner first.
    enum Corner {
        BOTTOM_RIGHT,
        TOP_RIGHT,
        TOP_LEFT
    }

    /// A view of the graph, and where the map lies in it.
    record View(Camera camera, Corner corner) {}

    Rectangle2D legend() {
        return new Rectangle2D(EDGE, Math.max(0, height - EDGE - legendH), legendW, legendH);
    }

    /// The map's plate.
    Rectangle2D map(Corner corner) {
        double w = mapW + 2 * FRAME;
        double h = mapH + 2 * FRAME;
        double right = Math.max(0, width - EDGE - w);
        return switch (corner) {
            case BOTTOM_RIGHT -> new Rectangle2D(right, Math.max(0, height - EDGE - h), w, h);
            case TOP_RIGHT -> new Rectangle2D(right, EDGE, w, h);
            case TOP_LEFT -> new Rectangle2D(EDGE, EDGE, w, h);
        };
    }

    /// Margins to try so that the graph stays clear of what floats: none, above the legend, beside the map, …
    List<Insets> rooms() {
        double beside = mapW + 2 * FRAME + AIR;
        double above = mapH + 2 * FRAME + AIR;
        return List.of(
                Insets.EMPTY,
                new Insets(0, 0, legendH, 0),
                new Insets(0, beside, 0, 0),
                new Insets(0, beside, legendH, 0),
                new Insets(0, 0, 0, legendW),
                new Insets(0, beside, 0, legendW),
                new Insets(0, 0, above, 0));
    }

    /// Pixels of the graph's blocks under the legend and, where there is a map, under it.
    double covered(GraphScene scene, Camera camera, boolean map, Corner corner) {
        double sum = 0;
        for (Box box : scene.layout().boxes()) {
            if (box.parent() < 0) {
                sum += under(legend(), box, camera) + (map ? under(map(corner), box, camera) : 0);
            }
        }
        return sum;
    }

    private static double under(Rectangle2D plate, Box box, Camera camera) {
        double w = Math.min(plate.getMaxX() + AIR, camera.screenX(box.x() + box.w()))
                - Math.max(plate.getMinX() - AIR, camera.screenX(box.x()));
        double h = Math.min(plate.getMaxY() + AIR, camera.screenY(box.bottom()))
                - Math.max(plate.getMinY() - AIR, camera.screenY(box.y()));
        return w > 0 && h > 0 ? w * h : 0;
    }
}
