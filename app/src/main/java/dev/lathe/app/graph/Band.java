package dev.lathe.app.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Boxes laid out together in one direction: the top of the graph (down) or one row of a group (right).
/// Places them and draws the wires among them.
final class Band {
    private static final double TRACK = 8;

    final List<Integer> boxes;
    double width;
    double height;

    private final LayoutBuilder builder;
    private final boolean down;
    private final List<GroupNet> nets;
    private final Map<Integer, Integer> local = new HashMap<>();
    private final Layered layered;
    private final double[] layerStart;
    private final double[] layerEnd;
    /// The track of every hop that bends.
    private final int[] track;

    private double originX;
    private double originY;

    /// @param all the nets of the group; those with source and some target among `boxes` are drawn here
    Band(LayoutBuilder builder, List<Integer> boxes, List<GroupNet> all, boolean down) {
        this.builder = builder;
        this.boxes = boxes;
        this.down = down;
        for (int i = 0; i < boxes.size(); i++) {
            local.put(boxes.get(i), i);
        }
        nets = new ArrayList<>();
        List<Layered.Net> inner = new ArrayList<>();
        for (GroupNet n : all) {
            Integer from = local.get(n.from());
            if (from == null) {
                continue;
            }
            List<Integer> to = new ArrayList<>();
            List<Double> at = new ArrayList<>();
            for (int t : n.targets().keySet()) {
                Integer k = local.get(t);
                if (k != null && !k.equals(from)) {
                    to.add(k);
                    at.add(builder.group(t).map(g -> g.inOffset(n.key())).orElse(Double.NaN));
                }
            }
            if (!to.isEmpty()) {
                double out =
                        builder.group(n.from()).map(g -> g.outOffset(n.key())).orElse(0.0);
                inner.add(new Layered.Net(
                        n.key(),
                        from,
                        out,
                        to.stream().mapToInt(Integer::intValue).toArray(),
                        at.stream().mapToDouble(Double::doubleValue).toArray()));
                nets.add(n);
            }
        }
        int n = boxes.size();
        double[] along = new double[n];
        double[] across = new double[n];
        for (int i = 0; i < n; i++) {
            int b = boxes.get(i);
            along[i] = down ? builder.height(b) : builder.width(b);
            across[i] = down
                    ? builder.width(b) + 2 * builder.stubRoom(b)
                    : builder.height(b) + (builder.hasStubs(b) ? 56 : 0);
        }
        double[] port = new double[n];
        for (int i = 0; i < n; i++) {
            port[i] = down ? builder.width(boxes.get(i)) : builder.height(boxes.get(i));
        }
        layered = new Layered(along, across, port, inner, down ? 28 : 14, down);
        if (!down) {
            evenColumns(along);
        }
        track = tracks();
        layerStart = new double[layered.layers];
        layerEnd = new double[layered.layers];
        double at = 0;
        for (int l = 0; l < layered.layers; l++) {
            double size = 0;
            for (int i = 0; i < n; i++) {
                size = layered.layer[i] == l ? Math.max(size, along[i]) : size;
            }
            layerStart[l] = at;
            layerEnd[l] = at + size;
            at += size + (l < layered.layers - 1 ? gapAfter(l) : 0);
        }
        width = down ? layered.extent() : at;
        height = down ? at : layered.extent();
    }

    /// Layers of one column are as wide as the widest, where that is not much.
    private void evenColumns(double[] along) {
        double[] widest = new double[layered.layers];
        for (int i = 0; i < along.length; i++) {
            widest[layered.layer[i]] = Math.max(widest[layered.layer[i]], along[i]);
        }
        for (int i = 0; i < along.length; i++) {
            if (builder.isLeaf(boxes.get(i)) && widest[layered.layer[i]] - along[i] < 90) {
                along[i] = widest[layered.layer[i]];
                builder.widen(boxes.get(i), along[i]);
            }
        }
    }

    /// The boxes by column, for breaking a row that is too long.
    List<List<Integer>> columns() {
        List<List<Integer>> c = new ArrayList<>();
        for (int l = 0; l < layered.layers; l++) {
            c.add(new ArrayList<>());
        }
        for (int i = 0; i < boxes.size(); i++) {
            c.get(layered.layer[i]).add(boxes.get(i));
        }
        return c;
    }

    double columnWidth(int column) {
        return layerEnd[column]
                - layerStart[column]
                + (column + 1 < layered.layers ? layerStart[column + 1] - layerEnd[column] : 0);
    }

    private double gapAfter(int l) {
        int tracks = 0;
        double label = 0;
        for (int k = 0; k < track.length; k++) {
            Layered.Hop hop = layered.hops.get(k);
            if (hop.gap() == l) {
                tracks = Math.max(tracks, track[k] + 1);
                if (!down) {
                    label = Math.max(
                            label, builder.labelWidth(nets.get(hop.net()).value()));
                }
            }
        }
        // Wires bend right before the next layer: what is left of the gap is for the label.
        return down ? 30 + TRACK * Math.max(0, tracks - 1) : Math.max(34, label + 26 + TRACK * tracks);
    }

    /// Hops that bend in one gap and would touch get different tracks.
    private int[] tracks() {
        int[] out = new int[layered.hops.size()];
        Arrays.fill(out, -1);
        Map<Integer, List<Integer>> byGap = new HashMap<>();
        for (int k = 0; k < out.length; k++) {
            Layered.Hop hop = layered.hops.get(k);
            if (Math.abs(hop.a() - hop.b()) > 0.5) {
                byGap.computeIfAbsent(hop.gap(), g -> new ArrayList<>()).add(k);
            }
        }
        for (List<Integer> hops : byGap.values()) {
            Map<String, double[]> spans = new java.util.LinkedHashMap<>();
            Map<String, List<Integer>> members = new HashMap<>();
            for (int k : hops) {
                Layered.Hop hop = layered.hops.get(k);
                String key = hop.net() + ":" + Math.round(hop.a());
                double[] s = spans.computeIfAbsent(key, x -> new double[] {hop.a(), hop.a()});
                s[0] = Math.min(s[0], hop.b());
                s[1] = Math.max(s[1], hop.b());
                members.computeIfAbsent(key, x -> new ArrayList<>()).add(k);
            }
            List<List<double[]>> used = new ArrayList<>();
            for (var e : spans.entrySet()) {
                double[] s = e.getValue();
                int t = 0;
                while (t < used.size() && used.get(t).stream().anyMatch(o -> o[0] < s[1] + 6 && s[0] < o[1] + 6)) {
                    t++;
                }
                if (t == used.size()) {
                    used.add(new ArrayList<>());
                }
                used.get(t).add(s);
                for (int k : members.getOrDefault(e.getKey(), List.of())) {
                    out[k] = t;
                }
            }
        }
        return out;
    }

    /// Gives every box its place and draws the wires.
    void place(double x, double y) {
        originX = x;
        originY = y;
        for (int i = 0; i < boxes.size(); i++) {
            double a = along(i);
            double c = layered.across[i];
            int b = boxes.get(i);
            if (down) {
                builder.put(b, x + c - builder.width(b) / 2, y + a);
            } else {
                builder.put(b, x + a, y + c - builder.height(b) / 2);
            }
        }
        Map<String, List<double[]>> forks = new HashMap<>();
        for (int k = 0; k < layered.hops.size(); k++) {
            wire(layered.hops.get(k), track[k], forks);
        }
        forks.values().forEach(this::dots);
    }

    private double along(int i) {
        int l = layered.layer[i];
        double free = layerEnd[l] - layerStart[l] - layered.alongSize[i];
        return layerStart[l] + (free > 60 ? 0 : free / 2);
    }

    private void wire(Layered.Hop hop, int t, Map<String, List<double[]>> forks) {
        GroupNet net = nets.get(hop.net());
        Layered.Net inner = layered.nets.get(hop.net());
        boolean back = hop.target() < -1;
        int end = back ? -2 - hop.target() : hop.target();
        int first = back ? end : layered.layer[inner.from()] == hop.gap() ? inner.from() : -1;
        int last = back ? (layered.layer[inner.from()] == hop.gap() + 1 ? inner.from() : -1) : end;
        double start = first >= 0 ? along(first) + layered.alongSize[first] : layerStart[hop.gap()];
        int next = hop.gap() + 1;
        double stop = last >= 0 ? along(last) : next < layerStart.length ? layerStart[next] : start;
        double bend = next < layerStart.length ? layerStart[next] - 13 - TRACK * Math.max(0, t) : stop;
        List<double[]> p = new ArrayList<>();
        p.add(point(start, hop.a()));
        if (t >= 0) {
            p.add(point(bend, hop.a()));
            p.add(point(bend, hop.b()));
            String key = hop.net() + ":" + hop.gap() + ":" + Math.round(hop.a());
            forks.computeIfAbsent(key, k -> new ArrayList<>()).add(new double[] {bend, hop.a(), hop.b(), net.key()});
        }
        p.add(point(stop, hop.b()));
        if (back) {
            java.util.Collections.reverse(p);
        }
        int target = end >= 0 ? boxes.get(end) : -1;
        boolean arrow = target >= 0 && builder.group(target).isEmpty();
        List<Integer> to = target >= 0 ? net.targets().getOrDefault(target, List.of()) : net.all();
        builder.wire(net.key(), to, target >= 0 ? net.valueTo(target) : net.value(), p, arrow);
    }

    private void dots(List<double[]> fork) {
        if (fork.size() < 2) {
            return;
        }
        double min = fork.stream().mapToDouble(f -> Math.min(f[1], f[2])).min().orElse(0);
        double max = fork.stream().mapToDouble(f -> Math.max(f[1], f[2])).max().orElse(0);
        for (double[] f : fork) {
            for (double a : new double[] {f[1], f[2]}) {
                if (a > min + 1 && a < max - 1) {
                    double[] p = point(f[0], a);
                    builder.dot(p[0], p[1], (int) f[3]);
                }
            }
        }
    }

    private double[] point(double along, double across) {
        return down
                ? new double[] {originX + across, originY + along}
                : new double[] {originX + along, originY + across};
    }

    int columnOf(int box) {
        return layered.layer[local.getOrDefault(box, 0)];
    }

    /// Nothing of this row lies above (or below) the box.
    boolean isOutermost(int box, boolean above) {
        return layered.isOutermost(local.getOrDefault(box, 0), above);
    }

    /// Something of this row ends at the box.
    boolean isTarget(int box) {
        Integer k = local.get(box);
        return layered.hops.stream().anyMatch(hop -> k != null && hop.target() == k);
    }
}
