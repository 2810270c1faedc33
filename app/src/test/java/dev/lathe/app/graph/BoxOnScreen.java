package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.NodeId;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Scene;

/// Where the canvas of a window draws a node, for tests that click on it.
public final class BoxOnScreen {
    private BoxOnScreen() {}

    /// A point on the screen at which a click finds the box of the node; empty while there is none.
    public static Optional<Point2D> of(Scene window, NodeId node) {
        GraphView view = (GraphView) window.lookup("#graph-canvas");
        return view.scene().flatMap(s -> {
            int at = view.boxOf(Selection.node(node));
            if (at < 0) {
                return Optional.empty();
            }
            Box box = s.layout().boxes().get(at);
            Camera c = view.camera();
            double x = c.screenX(box.centreX());
            double y = c.screenY(box.centreY());
            boolean seen = x > 0 && y > 0 && x < view.getWidth() && y < view.getHeight();
            boolean found = s.layout()
                    .at(c.layoutX(x), c.layoutY(y))
                    .map(b -> b.index() == at)
                    .orElse(false);
            return seen && found && s.selectionOf(box).equals(Selection.node(node))
                    ? Optional.of(view.localToScreen(x, y))
                    : Optional.empty();
        });
    }
}
