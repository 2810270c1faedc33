package dev.lathe.app.graph;

import dev.lathe.app.graph.VisibleGraph.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The inside of an open group, or the top of the graph: rows (bands) below each other, and between them
/// gutters in which wires run from row to row. Data comes in at the middle of the upper border and leaves
/// at the middle of the lower one.
final class GroupLayout {
    private static final double WIDEST = 1120;
    private static final double HEADER = 26;
    private static final double PAD = 24;
    private static final double TRACK = 8;
    private static final double PORT = 14;

    double width;
    double height;

    private final LayoutBuilder builder;
    private final int self;
    private final boolean top;
    private final List<GroupNet> nets = new ArrayList<>();
    private final List<Integer> inKeys = new ArrayList<>();
    private final List<Integer> outKeys = new ArrayList<>();
    private final List<Band> bands = new ArrayList<>();
    private final Map<Integer, Integer> bandOf = new HashMap<>();
    /// For each gutter the nets that run in it; gutter b lies above band b.
    private final List<List<Integer>> gutters = new ArrayList<>();
    /// Nets that pass rows by, in the left and in the right margin.
    private final List<Integer> leftMargin = new ArrayList<>();
    private final List<Integer> rightMargin = new ArrayList<>();
    private double inner;

    GroupLayout(LayoutBuilder builder, List<Integer> children, List<Link> links, boolean top, int self) {
        this.builder = builder;
        this.top = top;
        this.self = self;
        gather(links);
        if (top) {
            bands.add(new Band(builder, children, nets, true));
            width = bands.getFirst().width;
            height = bands.getFirst().height;
            return;
        }
        makeBands(children);
        for (int b = 0; b < bands.size(); b++) {
            for (int box : bands.get(b).boxes) {
                bandOf.put(box, b);
            }
        }
        for (int g = 0; g <= bands.size(); g++) {
            gutters.add(new ArrayList<>());
        }
        nets.forEach(this::useGutters);
        inner = bands.stream().mapToDouble(b -> b.width).max().orElse(0);
        width = inner + 2 * PAD + 2 * side();
        height = HEADER + 6;
        for (int b = 0; b <= bands.size(); b++) {
            height += gutter(b) + (b < bands.size() ? bands.get(b).height : 0);
        }
        height += 4;
    }

    private double side() {
        return TRACK * Math.max(leftMargin.size(), rightMargin.size());
    }

    void centreIn(double wider) {
        width = wider;
    }

    private void gather(List<Link> links) {
        Map<Integer, GroupNet> by = new LinkedHashMap<>();
        for (Link l : links) {
            int from = builder.childIn(self, l.from());
            int to = builder.childIn(self, l.to());
            GroupNet n = by.computeIfAbsent(
                    l.from(),
                    k -> new GroupNet(
                            k, from, l.value(), new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>()));
            if (to >= 0) {
                n.values().putIfAbsent(to, l.value());
                n.targets().computeIfAbsent(to, k -> new ArrayList<>()).add(l.to());
            } else {
                n.leaves().add(l.to());
            }
        }
        nets.addAll(by.values());
        for (GroupNet n : nets) {
            if (n.from() < 0) {
                inKeys.add(n.key());
            } else if (!n.leaves().isEmpty()) {
                outKeys.add(n.key());
            }
        }
    }

    double inOffset(int key) {
        return offset(inKeys, key);
    }

    double outOffset(int key) {
        return offset(outKeys, key);
    }

    private double offset(List<Integer> keys, int key) {
        double step = Math.min(PORT, width * 0.8 / Math.max(1, keys.size()));
        return (keys.indexOf(key) - (keys.size() - 1) / 2.0) * step;
    }

    private void makeBands(List<Integer> children) {
        List<Integer> run = new ArrayList<>();
        for (int c : children) {
            if (builder.group(c).isPresent()) {
                addRun(run);
                run = new ArrayList<>();
                bands.add(new Band(builder, List.of(c), nets, false));
            } else {
                run.add(c);
            }
        }
        addRun(run);
    }

    private void addRun(List<Integer> run) {
        if (run.isEmpty()) {
            return;
        }
        Band whole = new Band(builder, run, nets, false);
        int rows = (int) Math.ceil(whole.width / WIDEST);
        if (rows <= 1) {
            bands.add(whole);
            return;
        }
        List<List<Integer>> columns = whole.columns();
        double[] wide = new double[columns.size()];
        for (int c = 0; c < wide.length; c++) {
            wide[c] = whole.columnWidth(c);
        }
        double cap = whole.width / rows;
        while (rowsAt(cap, wide) > rows) {
            cap += 10;
        }
        List<Integer> row = new ArrayList<>();
        double used = 0;
        for (int c = 0; c < wide.length; c++) {
            if (!row.isEmpty() && used + wide[c] > cap) {
                bands.add(new Band(builder, row.stream().sorted().toList(), nets, false));
                row = new ArrayList<>();
                used = 0;
            }
            row.addAll(columns.get(c));
            used += wide[c];
        }
        bands.add(new Band(builder, row.stream().sorted().toList(), nets, false));
    }

    /// How many rows columns of these widths take when none is wider than `cap` (a single column may be).
    private static int rowsAt(double cap, double[] wide) {
        int rows = 1;
        double used = 0;
        for (double w : wide) {
            if (used > 0 && used + w > cap) {
                rows++;
                used = 0;
            }
            used += w;
        }
        return rows;
    }

    private int sourceBand(GroupNet n) {
        return n.from() < 0 ? -1 : bandOf.getOrDefault(n.from(), 0);
    }

    private void useGutters(GroupNet n) {
        int i = sourceBand(n);
        boolean leaves = n.from() >= 0 && !n.leaves().isEmpty();
        for (int t : n.targets().keySet()) {
            int j = bandOf.getOrDefault(t, 0);
            if (j != i) {
                use(i + 1, n.key());
                use(j, n.key());
                if (j != i + 1) {
                    margin(t, n.key());
                }
            }
        }
        if (leaves) {
            use(i + 1, n.key());
            use(bands.size(), n.key());
            if (bands.size() != i + 1 && !leftMargin.contains(n.key()) && !rightMargin.contains(n.key())) {
                rightMargin.add(n.key());
            }
        }
    }

    private void margin(int target, int key) {
        if (leftMargin.contains(key) || rightMargin.contains(key)) {
            return;
        }
        Band b = bands.get(bandOf.getOrDefault(target, 0));
        (builder.group(target).isEmpty() && b.columnOf(target) == 0 ? leftMargin : rightMargin).add(key);
    }

    private void use(int gutter, int key) {
        if (!gutters.get(gutter).contains(key)) {
            gutters.get(gutter).add(key);
        }
    }

    private double gutter(int g) {
        int n = gutters.get(g).size();
        boolean edge = g == 0 || g == bands.size();
        return n == 0 ? (edge ? 8 : 14) : 26 + TRACK * (n - 1) + (g == bands.size() ? -8 : 0);
    }

    /// Gives what is inside its place, the group's upper left corner being at (x, y).
    void place(double x, double y) {
        if (top) {
            bands.getFirst().place(x, y);
            return;
        }
        double[] gutterTop = new double[bands.size() + 1];
        double at = y + HEADER + 6;
        for (int b = 0; b <= bands.size(); b++) {
            gutterTop[b] = at;
            at += gutter(b);
            if (b < bands.size()) {
                Band band = bands.get(b);
                band.place(x + (width - band.width) / 2, at);
                at += band.height;
            }
        }
        for (GroupNet n : nets) {
            route(n, x, y, gutterTop);
        }
    }

    private void route(GroupNet n, double x, double y, double[] gutterTop) {
        int i = sourceBand(n);
        double startX = x + width / 2 + (n.from() < 0 ? inOffset(n.key()) : 0);
        List<double[]> start = new ArrayList<>();
        if (n.from() < 0) {
            start.add(new double[] {startX, y});
        } else {
            startX = leave(n, start);
        }
        List<Double> taps = new ArrayList<>();
        int first = i + 1;
        for (var e : n.targets().entrySet()) {
            int t = e.getKey();
            int j = bandOf.getOrDefault(t, 0);
            if (j == i) {
                continue;
            }
            List<double[]> p = new ArrayList<>(start);
            double entry = entryX(t, n.key());
            across(n, p, startX, entry, first, j, x, gutterTop, taps);
            enter(t, n.key(), entry, p);
            builder.wire(
                    n.key(), e.getValue(), n.valueTo(t), p, builder.group(t).isEmpty());
        }
        if (n.from() >= 0 && !n.leaves().isEmpty()) {
            List<double[]> p = new ArrayList<>(start);
            double out = x + width / 2 + outOffset(n.key());
            across(n, p, startX, out, first, bands.size(), x, gutterTop, taps);
            p.add(new double[] {out, y + height});
            builder.wire(n.key(), n.leaves(), n.value(), p, false);
        }
        if (taps.size() > 1 && first < gutterTop.length) {
            taps.add(startX);
            double min = taps.stream().mapToDouble(Double::doubleValue).min().orElse(0);
            double max = taps.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            for (double tap : taps) {
                if (tap > min + 1 && tap < max - 1) {
                    builder.dot(tap, trackY(first, n.key(), gutterTop), n.key());
                }
            }
        }
    }

    /// Through the gutter below the source's row, past the rows between, to the gutter above the target's
    /// row.
    private void across(
            GroupNet n,
            List<double[]> p,
            double from,
            double to,
            int first,
            int last,
            double x,
            double[] gutterTop,
            List<Double> taps) {
        double y1 = trackY(first, n.key(), gutterTop);
        p.add(new double[] {from, y1});
        if (last == first) {
            p.add(new double[] {to, y1});
            taps.add(to);
            return;
        }
        int left = leftMargin.indexOf(n.key());
        double side = left >= 0
                ? x + PAD - 4 + TRACK * left
                : x + width - PAD + 4 - TRACK * Math.max(0, rightMargin.indexOf(n.key()));
        double y2 = trackY(last, n.key(), gutterTop);
        p.add(new double[] {side, y1});
        p.add(new double[] {side, y2});
        p.add(new double[] {to, y2});
        taps.add(side);
    }

    private double trackY(int g, int key, double[] gutterTop) {
        return gutterTop[g] + 15 + TRACK * Math.max(0, gutters.get(g).indexOf(key));
    }

    private double leave(GroupNet n, List<double[]> p) {
        int s = n.from();
        Band band = bands.get(bandOf.getOrDefault(s, 0));
        var g = builder.group(s);
        if (g.isPresent() || band.isOutermost(s, false)) {
            double px = builder.centreX(s) + g.map(o -> o.outOffset(n.key())).orElse(0.0);
            p.add(new double[] {px, builder.bottom(s)});
            return px;
        }
        double px = builder.right(s) + 9;
        p.add(new double[] {builder.right(s), builder.centreY(s)});
        p.add(new double[] {px, builder.centreY(s)});
        return px;
    }

    private boolean fromAbove(int t) {
        Band band = bands.get(bandOf.getOrDefault(t, 0));
        return band.columnOf(t) > 0 && band.isOutermost(t, true) && !builder.hasStubs(t);
    }

    private double entryX(int t, int key) {
        var g = builder.group(t);
        if (g.isPresent()) {
            return builder.centreX(t) + g.get().inOffset(key);
        }
        return fromAbove(t) ? builder.centreX(t) + 10 * arrival(t, key) : builder.left(t) - 12;
    }

    /// How many other nets from other rows enter the box before this one.
    private int arrival(int t, int key) {
        int k = 0;
        for (GroupNet n : nets) {
            if (n.key() == key) {
                return k;
            }
            if (n.targets().containsKey(t) && sourceBand(n) != bandOf.getOrDefault(t, 0)) {
                k++;
            }
        }
        return k;
    }

    private void enter(int t, int key, double entry, List<double[]> p) {
        if (builder.group(t).isPresent() || fromAbove(t)) {
            p.add(new double[] {entry, builder.top(t)});
            return;
        }
        Band band = bands.get(bandOf.getOrDefault(t, 0));
        double at = builder.centreY(t) + (band.isTarget(t) ? -9 : 0) + 6 * arrival(t, key);
        p.add(new double[] {entry, at});
        p.add(new double[] {builder.left(t), at});
    }
}
