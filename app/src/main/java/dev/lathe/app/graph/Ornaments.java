package dev.lathe.app.graph;

import java.util.List;
import javafx.scene.canvas.GraphicsContext;

/// The small signs that blocks and open groups share: the arrow that opens and closes, and the strip of costs.
final class Ornaments {
    private final Brush b;
    private final GraphicsContext g;

    Ornaments(Brush brush) {
        b = brush;
        g = brush.g;
    }

    void chevron(double x, double y, boolean open, double z) {
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

    /// Nothing measured yet: a dashed outline where the strip will be.
    void emptyStrip(double x, double y, double w, double h) {
        b.dashes(4, 3);
        b.border(x, y, w, Math.max(3, h), 1, b.colour(b.palette.border()), 1);
        b.solid();
    }

    void strip(List<CostOverlay.Piece> pieces, double x, double y, double w, double h) {
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
}
