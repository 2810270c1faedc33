package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;

/// Draws a scene as the camera sees it: only what is in sight, and only as much as can be read at that
/// zoom.
final class GraphPainter {
    private static final int GRID = 24;

    private final Brush b;
    private final GraphicsContext g;
    private final GroupPainter groups;
    private final WirePainter wires;
    private final BoxPainter boxes;

    GraphPainter(Brush brush) {
        b = brush;
        g = brush.g;
        groups = new GroupPainter(brush);
        wires = new WirePainter(brush);
        boxes = new BoxPainter(brush);
    }

    /// @param boxes the layout's boxes, perhaps on their way to their places
    /// @param fade how visible wires are, 0…1
    void paint(GraphScene scene, List<Box> boxes, CostOverlay cost, Sight in, double fade) {
        List<Box> seen = new ArrayList<>();
        for (Box box : boxes) {
            if (in.sees(box.x(), box.y(), box.w(), box.h(), 8)) {
                seen.add(box);
            }
        }
        for (Box box : seen) {
            if (box.kind() == Kind.GROUP) {
                groups.group(box, cost, in);
            }
        }
        if (in.detail() != Detail.BLOCKS && fade > 0) {
            g.setGlobalAlpha(fade);
            wires.wires(scene, cost, in);
            wires.stubs(scene.layout(), cost.copies, in);
            g.setGlobalAlpha(1);
        }
        for (int marked : in.marked()) {
            if (marked < boxes.size() && marked != in.selected()) {
                mark(boxes.get(marked), in);
            }
        }
        if (in.selected() >= 0 && in.selected() < boxes.size()) {
            ring(boxes.get(in.selected()), in);
        }
        if (3 > 36 * in.zoom()) {
            tiles(seen, cost, in);
        } else {
            for (Box box : seen) {
                if (box.kind() != Kind.GROUP) {
                    this.boxes.box(box, cost, in);
                }
            }
        }
    }

    void ground(double w, double h, Camera view) {
        g.setFill(b.colour(b.palette.canvas()));
        g.fillRect(0, 0, w, h);
        double step = GRID * view.zoom();
        while (step < 14) {
            step *= 2;
        }
        g.setFill(b.colour(b.palette.grid()));
        double left = Math.floorMod((long) view.panX(), (long) Math.ceil(step));
        for (double x = left % step; x < w; x += step) {
            for (double y = ((view.panY() % step) + step) % step; y < h; y += step) {
                g.fillRect(Math.round(x), Math.round(y), 1.5, 1.5);
            }
        }
    }

    /// Boxes too small to see one by one: rectangles of colour, one pass per colour.
    private void tiles(List<Box> seen, CostOverlay cost, Sight in) {
        var byColour = new HashMap<Integer, List<Box>>();
        for (Box box : seen) {
            if (box.kind() != Kind.GROUP) {
                int rgb = cost.item(box).flatMap(cost::fill).orElse(b.palette.border());
                byColour.computeIfAbsent(rgb, k -> new ArrayList<>()).add(box);
            }
        }
        byColour.forEach((rgb, list) -> {
            g.setFill(b.colour(rgb));
            for (Box box : list) {
                g.fillRect(
                        Math.round(in.x(box.x())),
                        Math.round(in.y(box.y())),
                        Math.max(1, Math.round(box.w() * in.zoom())),
                        Math.max(1, Math.round(box.h() * in.zoom())));
            }
        });
    }

    /// A thinner ring than the selection's, and broken, so that it is not told by its colour alone.
    private void mark(Box box, Sight in) {
        if (!in.sees(box.x(), box.y(), box.w(), box.h(), 8)) {
            return;
        }
        double z = in.zoom();
        double r = box.kind().isPill() ? box.h() / 2 * z + 4 : box.kind() == Kind.GROUP ? 9 : 7;
        double x = in.x(box.x());
        double y = in.y(box.y());
        b.solid();
        b.fill(x - 5, y - 5, box.w() * z + 10, box.h() * z + 10, r + 1, b.colour(b.palette.accent(), 0.12));
        b.dashes(4, 3);
        b.border(x - 4, y - 4, box.w() * z + 8, box.h() * z + 8, r, b.colour(b.palette.accent()), 1.5);
        b.solid();
    }

    private void ring(Box box, Sight in) {
        double z = in.zoom();
        double r = box.kind().isPill() ? box.h() / 2 * z + 4 : box.kind() == Kind.GROUP ? 9 : 7;
        double x = in.x(box.x());
        double y = in.y(box.y());
        b.solid();
        b.fill(x - 6, y - 6, box.w() * z + 12, box.h() * z + 12, r + 2, b.colour(b.palette.accent(), 0.16));
        b.border(x - 4, y - 4, box.w() * z + 8, box.h() * z + 8, r, b.colour(b.palette.accent()), 2);
    }
}
