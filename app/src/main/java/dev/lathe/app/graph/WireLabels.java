package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Label;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.ui.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.scene.canvas.GraphicsContext;

/// Writes beside wires the shapes and bytes of their tensors, where there is room.
final class WireLabels {
    private final Brush b;
    private final GraphicsContext g;

    WireLabels(Brush brush) {
        b = brush;
        g = brush.g;
    }

    /// Writes what flows along these wires, those of the selected box first: a label that finds its place taken
    /// is left out.
    ///
    /// @param taken places of other things
    void labels(GraphScene scene, List<Wire> wires, List<double[]> taken, Sight in) {
        List<double[]> told = new ArrayList<>(taken);
        List<Wire> chosenFirst = new ArrayList<>(wires);
        chosenFirst.sort(Comparator.comparing(w -> !WirePainter.touches(w, in.selected())));
        for (Wire w : chosenFirst) {
            w.label().ifPresent(l -> label(scene, w, l, told, in));
        }
    }

    private void label(GraphScene scene, Wire w, Label l, List<double[]> told, Sight in) {
        String s = VisibleGraph.edgeLabel(scene.analysis(), w.value());
        if (s.isEmpty()) {
            return;
        }
        double z = in.zoom();
        double size = in.text(10);
        double tw = b.width(s, size, false);
        double x = in.x(l.x());
        double y = in.y(l.y());
        if (x < -100 || y < -30 || x > in.width() + 100 || y > in.height() + 30) {
            return;
        }
        int rgb = WirePainter.touches(w, in.selected()) ? b.palette.accent() : b.palette.muted();
        if (l.vertical()) {
            if (l.room() < 17) {
                return;
            }
            if (free(x + 5 * z, y - 8, tw + 6, 14, told)) {
                plate(x + 5 * z, y - 7, tw + 5, 13);
                b.text(s, x + 7 * z, y - 1, size, false, rgb, 1e9);
            }
        } else {
            if (l.room() * z < tw + 10) {
                return;
            }
            if (!free(x - tw / 2 - 4, y - 8 * z - 7, tw + 8, 14, told)) {
                return;
            }
            b.textMiddle(s, x - 2, y - 8 * z, size, false, rgb, 1e9);
            if (z >= 1) {
                bytes(scene, w).ifPresent(t -> {
                    double half = b.width(t, size, false) / 2;
                    if (l.room() * z >= 2 * half + 8
                            && clearOfBoxes(scene, x - 2, y + 9 * z, half, in)
                            && free(x - 2 - half, y + 9 * z - 6, 2 * half, 12, told)) {
                        b.textMiddle(t, x - 2, y + 9 * z, size, false, rgb, 1e9);
                    }
                });
            }
        }
    }

    /// Whether a line of text with this middle stands beside every block, layer and pill.
    private static boolean clearOfBoxes(GraphScene scene, double x, double y, double half, Sight in) {
        return scene.layout().boxes().stream()
                .filter(box -> box.kind() != Kind.GROUP)
                .noneMatch(box -> in.x(box.x()) < x + half
                        && in.x(box.x() + box.w()) > x - half
                        && in.y(box.y()) < y + 7
                        && in.y(box.bottom()) > y - 7);
    }

    private void plate(double x, double y, double w, double h) {
        g.setFill(b.colour(b.palette.canvas(), 0.8));
        g.fillRect(x, y, w, h);
    }

    /// Whether no other label is there; then it is this one's place.
    private static boolean free(double x, double y, double w, double h, List<double[]> told) {
        for (double[] r : told) {
            if (x < r[0] + r[2] && r[0] < x + w && y < r[1] + r[3] && r[1] < y + h) {
                return false;
            }
        }
        told.add(new double[] {x, y, w, h});
        return true;
    }

    static Optional<String> bytes(GraphScene scene, Wire w) {
        var type = scene.analysis().type(w.value());
        OptionalLong n = type.shape().elements();
        return n.isEmpty() || type.dtype().isEmpty()
                ? Optional.empty()
                : Optional.of(Numbers.bytes(type.dtype().get().bytesFor(n.getAsLong())));
    }
}
