package dev.lathe.app.roofline;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// The form of a dot, which tells the element type: colour is taken.
enum RooflineMark {
    CIRCLE,
    SQUARE,
    DIAMOND,
    TRIANGLE;

    static RooflineMark of(int index) {
        return values()[Math.floorMod(index, values().length)];
    }

    /// With a thin edge in the ground's colour, so that dots on each other are told apart.
    void draw(GraphicsContext g, double x, double y, double r, Color fill, Color edge) {
        g.setFill(fill);
        g.setStroke(edge);
        g.setLineWidth(1);
        switch (this) {
            case CIRCLE -> {
                g.fillOval(x - r, y - r, 2 * r, 2 * r);
                g.strokeOval(x - r, y - r, 2 * r, 2 * r);
            }
            case SQUARE ->
                polygon(g, new double[] {x - r, x + r, x + r, x - r}, new double[] {y - r, y - r, y + r, y + r});
            case DIAMOND ->
                polygon(g, new double[] {x, x + 1.2 * r, x, x - 1.2 * r}, new double[] {y - 1.2 * r, y, y + 1.2 * r, y
                });
            case TRIANGLE ->
                polygon(g, new double[] {x, x + 1.1 * r, x - 1.1 * r}, new double[] {
                    y - 1.2 * r, y + 0.9 * r, y + 0.9 * r
                });
        }
    }

    private static void polygon(GraphicsContext g, double[] x, double[] y) {
        g.fillPolygon(x, y, x.length);
        g.strokePolygon(x, y, x.length);
    }
}
