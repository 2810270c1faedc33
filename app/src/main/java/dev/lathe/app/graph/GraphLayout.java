package dev.lathe.app.graph;

import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where everything lies, in the canvas's own units (pixels at 100 %). Made by [LayoutBuilder].
///
/// Boxes stand parents before children. `boxOf` tells the innermost visible box of every node.
public record GraphLayout(
        List<Box> boxes,
        List<Wire> wires,
        List<Dot> dots,
        List<Stub> stubs,
        double width,
        double height,
        Map<String, Integer> byPath,
        Map<NodeId, Integer> boxOf,
        Map<ValueId, Integer> pills) {
    public GraphLayout {
        boxes = List.copyOf(boxes);
        wires = List.copyOf(wires);
        dots = List.copyOf(dots);
        stubs = List.copyOf(stubs);
        byPath = Collections.unmodifiableMap(byPath);
        boxOf = Collections.unmodifiableMap(boxOf);
        pills = Collections.unmodifiableMap(pills);
    }

    /// What a box is.
    public enum Kind {
        INPUT,
        OUTPUT,
        /// A closed block.
        BLOCK,
        /// A closed layer.
        LAYER,
        /// A single node.
        NODE,
        /// An open block or layer: what is inside lies in it.
        GROUP;

        boolean isPill() {
            return this == INPUT || this == OUTPUT;
        }

        /// Drawn with the colour of its cost.
        boolean isLeaf() {
            return this == LAYER || this == NODE;
        }
    }

    /// One box. `parent` is the index of the group around it, −1 at the top. `path` is the item's in the
    /// scope tree, empty for pills, whose tensor is `value`.
    public record Box(
            int index,
            Kind kind,
            String path,
            String title,
            String detail,
            Optional<ValueId> value,
            int parent,
            double x,
            double y,
            double w,
            double h) {
        public double right() {
            return x + w;
        }

        public double bottom() {
            return y + h;
        }

        public double centreX() {
            return x + w / 2;
        }

        public double centreY() {
            return y + h / 2;
        }

        boolean contains(double px, double py) {
            return px >= x && px <= x + w && py >= y && py <= y + h;
        }
    }

    /// A piece of an edge: corner points x, y, x, y … from the box `from` on the way to the boxes `to`;
    /// with an arrow when it ends at a box.
    public record Wire(int from, int[] to, ValueId value, double[] points, boolean arrow, Optional<Label> label) {}

    /// Place of an edge's label: its middle, and how much room there is.
    public record Label(double x, double y, double room, boolean vertical) {}

    /// A join of a wire with itself.
    public record Dot(double x, double y, int from) {}

    /// One end of a tensor that goes to many boxes: a pill with its name beside box `at`. `source` at the
    /// end that makes it.
    public record Stub(int at, String name, ValueId value, boolean source, double x, double y, double w, double h) {}

    /// The innermost box at this point.
    Optional<Box> at(double x, double y) {
        for (int i = boxes.size() - 1; i >= 0; i--) {
            if (boxes.get(i).contains(x, y)) {
                return Optional.of(boxes.get(i));
            }
        }
        return Optional.empty();
    }
}
