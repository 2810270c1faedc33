package dev.lathe.app.graph;

import java.util.Set;

/// What is seen of a layout: through which camera, in how large a canvas, and which boxes are marked.
///
/// @param width the canvas', in pixels
/// @param selected the index of the selected box; negative for none
/// @param hovered the index of the box under the pointer; negative for none
/// @param marked indexes of boxes that are pointed out beside the selection
record Sight(Camera camera, double width, double height, int selected, int hovered, Set<Integer> marked) {
    Sight {
        marked = Set.copyOf(marked);
    }

    Detail detail() {
        return Detail.at(camera.zoom());
    }

    double zoom() {
        return camera.zoom();
    }

    double x(double layoutX) {
        return camera.screenX(layoutX);
    }

    double y(double layoutY) {
        return camera.screenY(layoutY);
    }

    /// Whether some of this rectangle of the layout is on the canvas, or at most `margin` pixels beside it.
    boolean sees(double x, double y, double w, double h, double margin) {
        double sx = x(x);
        double sy = y(y);
        return sx < width + margin && sy < height + margin && sx + w * zoom() > -margin && sy + h * zoom() > -margin;
    }

    /// The size of a text that is this large at zoom 1; never too small to be read.
    double text(double size) {
        return Math.max(Brush.SMALLEST_TEXT, Math.round(size * zoom() * 4) / 4.0);
    }
}
