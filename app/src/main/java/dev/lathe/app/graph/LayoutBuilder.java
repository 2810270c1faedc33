package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Dot;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Label;
import dev.lathe.app.graph.GraphLayout.Stub;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.graph.VisibleGraph.Hub;
import dev.lathe.app.graph.VisibleGraph.Link;
import dev.lathe.app.graph.VisibleGraph.Spot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Places what is visible: blocks flow down; inside an open group layers flow right, in rows as wide as a
/// screen; groups in groups lie in rows of their own. Wires run at right angles, through gaps and lanes,
/// never through boxes.
final class LayoutBuilder {
    private final VisibleGraph graph;
    private final GroupLayout[] groups;
    private final double[] w;
    private final double[] h;
    private final double[] x;
    private final double[] y;
    /// Room that a box takes in its layer, stubs included.
    private final List<List<Hub>> hubs = new ArrayList<>();
    private final List<Wire> wires = new ArrayList<>();
    private final List<Dot> dots = new ArrayList<>();
    private final List<Stub> stubs = new ArrayList<>();

    LayoutBuilder(VisibleGraph graph) {
        this.graph = graph;
        int n = graph.spots.size();
        groups = new GroupLayout[n];
        w = new double[n];
        h = new double[n];
        x = new double[n];
        y = new double[n];
        for (int i = 0; i < n; i++) {
            hubs.add(new ArrayList<>(1));
        }
        graph.hubs.forEach(hub -> hubs.get(hub.at()).add(hub));
    }

    GraphLayout build() {
        Map<Integer, List<Link>> inside = linksByGroup();
        // Children come after their group: from the end, every group finds its boxes measured.
        for (int i = graph.spots.size() - 1; i >= 0; i--) {
            Spot s = graph.spots.get(i);
            if (s.kind() == Kind.GROUP) {
                groups[i] = new GroupLayout(this, s.children(), inside.getOrDefault(i, List.of()), false, i);
                w[i] = Math.max(groups[i].width, TextWidth.of(s.title(), 12, true) + 220);
                h[i] = groups[i].height;
                groups[i].centreIn(w[i]);
            } else {
                measure(s);
            }
        }
        GroupLayout top = new GroupLayout(this, graph.top, inside.getOrDefault(-1, List.of()), true, -1);
        top.place(0, 0);
        List<Box> boxes = new ArrayList<>();
        Map<String, Integer> byPath = new HashMap<>();
        for (Spot s : graph.spots) {
            int i = s.index();
            boxes.add(new Box(
                    i, s.kind(), s.path(), s.title(), s.detail(), s.value(), s.parent(), x[i], y[i], w[i], h[i]));
            if (!s.path().isEmpty()) {
                byPath.put(s.path(), i);
            }
            placeStubs(i);
        }
        return new GraphLayout(boxes, wires, dots, stubs, top.width, top.height, byPath, graph.boxOf, graph.pills);
    }

    /// Each link belongs to the innermost group that holds both ends, and to every group on the way to it.
    private Map<Integer, List<Link>> linksByGroup() {
        Map<Integer, List<Link>> by = new LinkedHashMap<>();
        for (Link l : graph.links) {
            List<Integer> a = around(l.from());
            List<Integer> b = around(l.to());
            int shared = -1;
            for (int g : a) {
                if (b.contains(g)) {
                    shared = g;
                    break;
                }
            }
            by.computeIfAbsent(shared, k -> new ArrayList<>()).add(l);
            for (List<Integer> side : List.of(a, b)) {
                for (int g : side) {
                    if (g == shared) {
                        break;
                    }
                    by.computeIfAbsent(g, k -> new ArrayList<>()).add(l);
                }
            }
        }
        return by;
    }

    /// Groups around a box, innermost first, ending with −1.
    private List<Integer> around(int box) {
        List<Integer> up = new ArrayList<>();
        for (int g = graph.spots.get(box).parent();
                g >= 0;
                g = graph.spots.get(g).parent()) {
            up.add(g);
        }
        up.add(-1);
        return up;
    }

    /// The child of `group` (−1: the top) that holds the box, −1 when none does.
    int childIn(int group, int box) {
        int at = box;
        while (at >= 0 && graph.spots.get(at).parent() != group) {
            at = graph.spots.get(at).parent();
        }
        return at;
    }

    private void measure(Spot s) {
        int i = s.index();
        boolean top = s.parent() < 0;
        switch (s.kind()) {
            case INPUT, OUTPUT -> {
                w[i] = Math.clamp(
                        TextWidth.of(s.title(), 11, false) + TextWidth.of(s.detail(), 10, false) * 1.1 + 42, 90, 340);
                h[i] = 22;
            }
            case BLOCK -> {
                w[i] = Math.clamp(
                        TextWidth.of(s.title(), 12, true) + TextWidth.of(s.detail(), 10, false) + 92,
                        top ? 320 : 220,
                        460);
                h[i] = 38;
            }
            case LAYER, NODE -> {
                double title = TextWidth.of(s.title(), 11, true) + 68;
                double detail = TextWidth.of(s.detail(), 10, false) * 1.1 + 18;
                w[i] = Math.clamp(Math.max(title, detail), 108, 232);
                h[i] = 36;
            }
            case GROUP -> throw new IllegalStateException("a group has the size of what is in it");
        }
    }

    double width(int box) {
        return w[box];
    }

    double height(int box) {
        return h[box];
    }

    double left(int box) {
        return x[box];
    }

    double top(int box) {
        return y[box];
    }

    double right(int box) {
        return x[box] + w[box];
    }

    double bottom(int box) {
        return y[box] + h[box];
    }

    double centreX(int box) {
        return x[box] + w[box] / 2;
    }

    double centreY(int box) {
        return y[box] + h[box] / 2;
    }

    boolean isLeaf(int box) {
        return graph.spots.get(box).kind().isLeaf();
    }

    void widen(int box, double to) {
        w[box] = to;
    }

    double labelWidth(dev.lathe.graph.ValueId value) {
        return TextWidth.of(graph.edgeLabel(value), 10, false);
    }

    Optional<GroupLayout> group(int box) {
        return Optional.ofNullable(groups[box]);
    }

    /// Width that the stubs beside a box at the top take on each side.
    double stubRoom(int box) {
        double widest = 0;
        for (Hub hub : hubs.get(box)) {
            widest = Math.max(widest, stubWidth(hub) + 20);
        }
        return widest;
    }

    boolean hasStubs(int box) {
        return !hubs.get(box).isEmpty();
    }

    private static double stubWidth(Hub hub) {
        return Math.clamp(TextWidth.of(hub.name(), 10, false) + 30, 60, 150);
    }

    void put(int box, double px, double py) {
        x[box] = px;
        y[box] = py;
        if (groups[box] != null) {
            groups[box].place(px, py);
        }
    }

    /// Inside a group a stub sits above its box; at the top, beside it.
    private void placeStubs(int i) {
        Spot s = graph.spots.get(i);
        int k = 0;
        for (Hub hub : hubs.get(i)) {
            double sw = stubWidth(hub);
            boolean beside = s.parent() < 0;
            if (beside) {
                stubs.add(new Stub(
                        i,
                        hub.name(),
                        hub.value(),
                        hub.source(),
                        x[i] + w[i] + 16,
                        y[i] + h[i] / 2 - 9 + 21 * k,
                        sw,
                        18));
            } else {
                double at = x[i] + w[i] / 2 - sw / 2;
                stubs.add(new Stub(i, hub.name(), hub.value(), hub.source(), at, y[i] - 26 - 20 * k, sw, 18));
            }
            k++;
        }
    }

    void wire(int from, List<Integer> to, dev.lathe.graph.ValueId value, List<double[]> points, boolean arrow) {
        List<double[]> p = simplified(points);
        if (p.size() < 2) {
            return;
        }
        double[] flat = new double[p.size() * 2];
        for (int k = 0; k < p.size(); k++) {
            flat[2 * k] = p.get(k)[0];
            flat[2 * k + 1] = p.get(k)[1];
        }
        int[] targets = to.stream().mapToInt(Integer::intValue).toArray();
        wires.add(new Wire(from, targets, value, flat, arrow, label(p)));
    }

    void dot(double px, double py, int from) {
        dots.add(new Dot(px, py, from));
    }

    private static List<double[]> simplified(List<double[]> points) {
        List<double[]> out = new ArrayList<>();
        for (double[] p : points) {
            int n = out.size();
            if (n > 0 && same(out.get(n - 1), p)) {
                continue;
            }
            if (n > 1
                    && (same(out.get(n - 2)[0], out.get(n - 1)[0]) && same(out.get(n - 1)[0], p[0])
                            || same(out.get(n - 2)[1], out.get(n - 1)[1]) && same(out.get(n - 1)[1], p[1]))) {
                out.set(n - 1, p);
                continue;
            }
            out.add(p);
        }
        return out;
    }

    private static boolean same(double[] a, double[] b) {
        return same(a[0], b[0]) && same(a[1], b[1]);
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) < 0.5;
    }

    /// On the longest horizontal piece, else beside the longest vertical one.
    private static Optional<Label> label(List<double[]> p) {
        double best = 0;
        Optional<Label> found = Optional.empty();
        for (int k = 1; k < p.size(); k++) {
            double[] a = p.get(k - 1);
            double[] b = p.get(k);
            boolean vertical = same(a[0], b[0]);
            double length = vertical ? Math.abs(b[1] - a[1]) : Math.abs(b[0] - a[0]);
            if (length > best) {
                best = length;
                found = Optional.of(new Label((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, length, vertical));
            }
        }
        return found;
    }
}
