package dev.lathe.app.graph;

/// Which part of the layout the canvas shows: screen = layout × zoom + pan.
record Camera(double panX, double panY, double zoom) {
    static final double SMALLEST = 0.02;
    static final double LARGEST = 3;

    double screenX(double x) {
        return x * zoom + panX;
    }

    double screenY(double y) {
        return y * zoom + panY;
    }

    double layoutX(double sx) {
        return (sx - panX) / zoom;
    }

    double layoutY(double sy) {
        return (sy - panY) / zoom;
    }

    Camera moved(double dx, double dy) {
        return new Camera(panX + dx, panY + dy, zoom);
    }

    /// Zoomed by `factor` with the point under (sx, sy) kept where it is.
    Camera zoomed(double factor, double sx, double sy) {
        double z = Math.clamp(zoom * factor, SMALLEST, LARGEST);
        double f = z / zoom;
        return new Camera(sx - (sx - panX) * f, sy - (sy - panY) * f, z);
    }

    /// The rectangle in the middle of a view of this size, never larger than 100 %.
    static Camera showing(double x, double y, double w, double h, double width, double height, double margin) {
        double z = Math.clamp(
                Math.min((width - 2 * margin) / Math.max(1, w), (height - 2 * margin) / Math.max(1, h)), SMALLEST, 1);
        return new Camera(width / 2 - (x + w / 2) * z, height / 2 - (y + h / 2) * z, z);
    }

    Camera between(Camera to, double t) {
        return new Camera(panX + (to.panX - panX) * t, panY + (to.panY - panY) * t, zoom + (to.zoom - zoom) * t);
    }
}
