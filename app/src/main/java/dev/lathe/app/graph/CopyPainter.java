package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Label;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.project.TensorCopy;
import dev.lathe.profile.Transfer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Rectangle2D;
import javafx.scene.canvas.GraphicsContext;

/// Draws what tells a wire that carries a copy between devices from others: dashes, so that it is not told by its
/// colour alone, and a plate with bytes, time and way.
final class CopyPainter {
    static final double LINE = 2;
    private static final double HEIGHT = 18;
    private static final double[] DASHES = {7, 4};

    private final Brush b;
    private final GraphicsContext g;

    CopyPainter(Brush brush) {
        b = brush;
        g = brush.g;
    }

    /// From now on wires are drawn so; [Brush#solid] ends it.
    void dashes() {
        b.dashes(DASHES);
    }

    /// Plates on these wires, each copy once.
    ///
    /// @return where they lie: no other label goes there
    List<double[]> plates(GraphScene scene, WireCopies copies, List<Wire> wires, Sight in) {
        List<double[]> taken = new ArrayList<>();
        Set<Transfer> told = new HashSet<>();
        for (Wire w : wires) {
            List<Transfer> on = copies.on(w);
            if (w.label().isPresent() && told.addAll(on)) {
                plate(scene, w, w.label().get(), on, taken, in);
            }
        }
        return taken;
    }

    private void plate(GraphScene scene, Wire w, Label at, List<Transfer> on, List<double[]> taken, Sight in) {
        String text = TensorCopy.words(on);
        double size = 11;
        double width = b.width(text, size, false) + 26;
        double x = in.x(at.x());
        double y = in.y(at.y());
        // Beside an upright wire, above a level one; where boxes or other plates are, further along.
        List<Rectangle2D> places = at.vertical()
                ? List.of(
                        new Rectangle2D(x + 8, y - HEIGHT / 2, width, HEIGHT),
                        new Rectangle2D(x - 8 - width, y - HEIGHT / 2, width, HEIGHT))
                : List.of(
                        new Rectangle2D(x - width / 2, y - HEIGHT - 4, width, HEIGHT),
                        new Rectangle2D(x - width / 2, y + 4, width, HEIGHT));
        Rectangle2D r = places.stream()
                .filter(p -> isFree(scene, p, taken, in))
                .findFirst()
                .orElse(places.getFirst());
        if (r.getMaxX() < 0 || r.getMaxY() < 0 || r.getMinX() > in.width() || r.getMinY() > in.height()) {
            return;
        }
        taken.add(new double[] {r.getMinX(), r.getMinY(), r.getWidth(), r.getHeight()});
        b.solid();
        b.fill(r.getMinX(), r.getMinY(), width, HEIGHT, 4, b.colour(b.palette.pane()));
        int rgb = WirePainter.touches(w, in.selected()) ? b.palette.accent() : WireCopies.COLOUR;
        b.border(r.getMinX(), r.getMinY(), width, HEIGHT, 4, b.colour(rgb), 1);
        b.fill(r.getMinX() + 8, r.getMinY() + 6, 6, 6, 0, b.colour(WireCopies.COLOUR));
        b.text(text, r.getMinX() + 19, r.getMinY() + HEIGHT / 2, size, false, b.palette.text(), 1e9);
    }

    private static boolean isFree(GraphScene scene, Rectangle2D p, List<double[]> taken, Sight in) {
        return taken.stream().noneMatch(t -> p.intersects(t[0], t[1], t[2], t[3]))
                && scene.layout().boxes().stream()
                        .filter(box -> box.kind() != Kind.GROUP)
                        .noneMatch(box -> p.intersects(onScreen(box, in)));
    }

    private static Rectangle2D onScreen(Box box, Sight in) {
        return new Rectangle2D(in.x(box.x()), in.y(box.y()), box.w() * in.zoom(), box.h() * in.zoom());
    }

    /// The legend's line: a piece of such a wire, what it is, and what all of them cost.
    void legend(WireCopies copies, double x, double y, double width) {
        g.setStroke(b.colour(WireCopies.COLOUR));
        g.setLineWidth(LINE);
        dashes();
        g.strokeLine(x, Brush.snap(y), x + 22, Brush.snap(y));
        b.solid();
        String total = copies.total();
        b.textRight(total, x + width, y, 10, false, b.palette.muted());
        b.text(
                copies.legend().orElse(""),
                x + 28,
                y,
                10,
                false,
                b.palette.text(),
                width - 36 - b.width(total, 10, false));
    }
}
