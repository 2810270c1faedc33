package dev.lathe.app.parts;

import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Palette;
import java.util.List;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;

/// A block's children in order of execution on one line: width is their part of the scale, colour their heat.
public final class CostStrip extends Canvas {

    /// One child: `part` of the strip's full width in 0…1, `heat` in 0…1 of the legend's maximum.
    public record Piece(double part, double heat) {}

    public CostStrip(double width, double height) {
        super(width, height);
    }

    /// Draws the pieces from the left, whatever they leave is track. A piece that would be thinner than half a pixel is
    /// drawn with its neighbours, so that many small layers do not vanish.
    public void draw(List<Piece> pieces, Palette palette, boolean track) {
        GraphicsContext g = getGraphicsContext2D();
        double w = getWidth();
        double h = getHeight();
        g.clearRect(0, 0, w, h);
        if (track) {
            g.setFill(Paints.fx(palette.track()));
            g.fillRoundRect(0, 0, w, h, 2, 2);
        }
        double x = 0;
        double pending = 0;
        double hottest = 0;
        boolean gaps = pieces.size() > 1 && pieces.size() < w / 4;
        for (Piece p : pieces) {
            pending += p.part() * w;
            hottest = Math.max(hottest, p.heat());
            if (pending >= 0.5) {
                double gap = gaps && pending > 3 ? 1 : 0;
                g.setFill(Paints.fx(Heat.rgb(hottest, palette.dark())));
                g.fillRect(x, 0, Math.min(pending - gap, w - x), h);
                x += pending;
                pending = 0;
                hottest = 0;
            }
        }
        if (pending > 0 && x < w) {
            g.setFill(Paints.fx(Heat.rgb(hottest, palette.dark())));
            g.fillRect(x, 0, Math.min(1, w - x), h);
        }
    }

    public void clear() {
        getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
    }
}
