package dev.lathe.app.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A layered layout in coordinates of its own: `along` the flow and `across` it. Longest path gives the
/// layers, barycentres the order in a layer, and repeated least-squares moves (with the order kept) the
/// places.
///
/// Items are numbered in order of execution. A net goes from one item to several; where it passes a layer
/// it holds a lane there, so that wires never run through boxes.
final class Layered {
    /// Beyond this many lanes long nets get none: they are drawn straight through.
    private static final int MOST_LANES = 6000;

    private static final double LANE = 10;

    /// A net: from item `from` (leaving `fromOffset` across from its middle) to items `to`, arriving
    /// `toOffset` from their middles; NaN where the layout may choose. `key` tells nets of one item apart.
    record Net(int key, int from, double fromOffset, int[] to, double[] toOffset) {}

    /// A piece of net number `net` through the gap after layer `gap`, from across `a` to across `b`;
    /// `target` is the item that it ends at or −1.
    record Hop(int net, int gap, double a, double b, int target) {}

    final int count;
    final double[] alongSize;
    final double[] acrossSize;
    /// How wide the side is at which wires arrive.
    final double[] portSize;
    final List<Net> nets;
    final int[] layer;
    int layers;
    /// Middle across of every item, then of every lane.
    double[] across;

    final List<Hop> hops = new ArrayList<>();

    private final double gap;
    private final boolean sink;
    private int[] laneNet = new int[0];
    private int[] laneLayer = new int[0];
    private int total;
    private final Map<Long, Integer> laneAt = new HashMap<>();
    private List<List<Integer>> order = List.of();
    private List<List<Integer>> up = List.of();
    private List<List<Integer>> down = List.of();
    private double[] size = new double[0];

    /// @param sink whether items that nothing feeds stand right before their first user
    Layered(double[] alongSize, double[] acrossSize, double[] portSize, List<Net> nets, double gap, boolean sink) {
        this.portSize = portSize;
        this.sink = sink;
        count = alongSize.length;
        this.alongSize = alongSize;
        this.acrossSize = acrossSize;
        this.nets = nets;
        this.gap = gap;
        layer = new int[count];
        across = new double[0];
        assignLayers();
        addLanes();
        order();
        place();
        findHops();
    }

    private void assignLayers() {
        List<List<int[]>> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(new ArrayList<>(2));
        }
        boolean[] hasIn = new boolean[count];
        for (Net n : nets) {
            for (int t : n.to()) {
                if (t > n.from()) {
                    out.get(n.from()).add(new int[] {t});
                    hasIn[t] = true;
                }
            }
        }
        for (int i = 0; i < count; i++) {
            for (int[] t : out.get(i)) {
                layer[t[0]] = Math.max(layer[t[0]], layer[i] + 1);
            }
        }
        for (int i = count - 1; i >= 0 && sink; i--) {
            if (!hasIn[i] && !out.get(i).isEmpty()) {
                layer[i] = out.get(i).stream().mapToInt(t -> layer[t[0]]).min().orElse(1) - 1;
            }
        }
        if (sink) {
            LooseRows.place(layer, nets, alongSize, acrossSize, gap);
        }
        layers = Arrays.stream(layer).max().orElse(-1) + 1;
    }

    private void addLanes() {
        long wanted = 0;
        for (Net n : nets) {
            for (int t : n.to()) {
                wanted += Math.max(0, Math.abs(layer[t] - layer[n.from()]) - 1);
            }
        }
        List<Integer> nl = new ArrayList<>();
        List<Integer> ll = new ArrayList<>();
        total = count;
        for (int k = 0; k < nets.size() && wanted <= MOST_LANES; k++) {
            Net n = nets.get(k);
            int low = layer[n.from()];
            int high = low;
            for (int t : n.to()) {
                low = Math.min(low, layer[t]);
                high = Math.max(high, layer[t]);
            }
            for (int l = low + 1; l < high; l++) {
                if (l != layer[n.from()]) {
                    laneAt.put(key(k, l), total++);
                    nl.add(k);
                    ll.add(l);
                }
            }
        }
        laneNet = nl.stream().mapToInt(Integer::intValue).toArray();
        laneLayer = ll.stream().mapToInt(Integer::intValue).toArray();
        size = new double[total];
        for (int i = 0; i < total; i++) {
            size[i] = i < count ? acrossSize[i] : LANE;
        }
        up = new ArrayList<>();
        down = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            up.add(new ArrayList<>(2));
            down.add(new ArrayList<>(2));
        }
        for (int k = 0; k < nets.size(); k++) {
            Net n = nets.get(k);
            for (int t : n.to()) {
                int step = Integer.signum(layer[t] - layer[n.from()]);
                int at = n.from();
                for (int l = layer[n.from()] + step; step != 0 && l != layer[t]; l += step) {
                    Integer lane = laneAt.get(key(k, l));
                    if (lane == null) {
                        break;
                    }
                    link(at, lane, step);
                    at = lane;
                }
                if (step != 0) {
                    link(at, t, step);
                }
            }
        }
    }

    private void link(int a, int b, int step) {
        int first = step > 0 ? a : b;
        int second = step > 0 ? b : a;
        if (!down.get(first).contains(second)) {
            down.get(first).add(second);
            up.get(second).add(first);
        }
    }

    private static long key(int net, int layer) {
        return (long) net << 32 | layer;
    }

    private int layerOf(int i) {
        return i < count ? layer[i] : laneLayer[i - count];
    }

    private void order() {
        order = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            order.add(new ArrayList<>());
        }
        for (int i = 0; i < total; i++) {
            order.get(layerOf(i)).add(i);
        }
        double[] rank = new double[total];
        for (List<Integer> l : order) {
            rankAll(l, rank);
        }
        for (int sweep = 0; sweep < 8; sweep++) {
            boolean downwards = sweep % 2 == 0;
            for (int k = 0; k < layers; k++) {
                List<Integer> l = order.get(downwards ? k : layers - 1 - k);
                if (l.size() < 2) {
                    continue;
                }
                double[] wish = new double[total];
                for (int i : l) {
                    List<Integer> by = downwards ? up.get(i) : down.get(i);
                    wish[i] = by.isEmpty()
                            ? rank[i]
                            : by.stream().mapToDouble(j -> rank[j]).average().orElse(rank[i]);
                }
                l.sort(Comparator.comparingDouble((Integer i) -> wish[i]));
                rankAll(l, rank);
            }
        }
    }

    private static void rankAll(List<Integer> l, double[] rank) {
        for (int k = 0; k < l.size(); k++) {
            // Relative to the layer's middle, so that wide and narrow layers compare.
            rank[l.get(k)] = k - (l.size() - 1) / 2.0;
        }
    }

    private void place() {
        across = new double[total];
        for (List<Integer> l : order) {
            double at = 0;
            for (int i : l) {
                across[i] = at + size[i] / 2;
                at += size[i] + gap;
            }
            for (int i : l) {
                across[i] -= (at - gap) / 2;
            }
        }
        for (int sweep = 0; sweep < 16; sweep++) {
            boolean downwards = sweep % 2 == 0;
            for (int k = 0; k < layers; k++) {
                // The last sweeps draw chains straight, from their beginnings on.
                boolean last = sweep >= 14;
                settle(
                        order.get(downwards || last ? k : layers - 1 - k),
                        downwards || last,
                        sweep >= 10 && !last,
                        last);
            }
        }
        double min = Double.MAX_VALUE;
        for (int i = 0; i < total; i++) {
            min = Math.min(min, across[i] - size[i] / 2);
        }
        for (int i = 0; i < total; i++) {
            across[i] -= min;
        }
    }

    /// Moves a layer to where its neighbours are, as near as order and sizes allow (pool adjacent
    /// violators).
    private void settle(List<Integer> l, boolean downwards, boolean both, boolean straight) {
        int n = l.size();
        double[] value = new double[n];
        double[] weight = new double[n];
        int[] length = new int[n];
        double[] offset = new double[n];
        int blocks = 0;
        double at = 0;
        for (int k = 0; k < n; k++) {
            int i = l.get(k);
            if (k > 0) {
                at += (size[l.get(k - 1)] + size[i]) / 2 + gap;
            }
            offset[k] = at;
            double wish = 0;
            double sum = 0;
            for (int j : downwards || both ? up.get(i) : List.<Integer>of()) {
                double w = straight && only(i, j) ? (i >= count ? 6 : 50) : pull(i, j);
                wish += w * across[j];
                sum += w;
            }
            for (int j : !downwards || both ? down.get(i) : List.<Integer>of()) {
                double w = pull(i, j);
                wish += w * across[j];
                sum += w;
            }
            value[blocks] = (sum == 0 ? across[i] : wish / sum) - at;
            weight[blocks] = sum == 0 ? 0.2 : sum;
            length[blocks] = 1;
            blocks++;
            while (blocks > 1 && value[blocks - 2] > value[blocks - 1]) {
                double w = weight[blocks - 2] + weight[blocks - 1];
                value[blocks - 2] =
                        (value[blocks - 2] * weight[blocks - 2] + value[blocks - 1] * weight[blocks - 1]) / w;
                weight[blocks - 2] = w;
                length[blocks - 2] += length[blocks - 1];
                blocks--;
            }
        }
        int k = 0;
        for (int b = 0; b < blocks; b++) {
            for (int c = 0; c < length[b]; c++, k++) {
                across[l.get(k)] = value[b] + offset[k];
            }
        }
    }

    /// Whether `j` is the only box that item `i` follows (lanes give way).
    private boolean only(int i, int j) {
        List<Integer> before = up.get(i);
        return before.size() == 1
                || i < count
                        && j < count
                        && before.stream().filter(k -> k < count).count() == 1;
    }

    /// How much two neighbours want to be in line: lanes most, then large boxes, and small ones give way.
    private double pull(int i, int j) {
        if (i >= count && j >= count) {
            return 8;
        }
        if (i >= count || j >= count) {
            return 0.4;
        }
        return 0.5 + Math.min(acrossSize[i], acrossSize[j]) * Math.min(alongSize[i], alongSize[j]) / 2500;
    }

    private void findHops() {
        // Arrivals at one item side by side, in the order in which they come.
        Map<Integer, List<int[]>> arrivals = new HashMap<>();
        List<double[]> raw = new ArrayList<>();
        for (int k = 0; k < nets.size(); k++) {
            Net n = nets.get(k);
            var done = new java.util.HashSet<Long>();
            for (int ti = 0; ti < n.to().length; ti++) {
                int t = n.to()[ti];
                int step = Integer.signum(layer[t] - layer[n.from()]);
                if (step == 0) {
                    continue;
                }
                double a = across[n.from()] + n.fromOffset();
                int at = n.from();
                for (int l = layer[n.from()] + step; l != layer[t]; l += step) {
                    Integer lane = laneAt.get(key(k, l));
                    if (lane == null) {
                        // No lane: passes at the source's height.
                        if (done.add((long) l << 32 | 0x7fffffffL)) {
                            raw.add(new double[] {k, step > 0 ? l - 1 : l, a, a, -1, step});
                        }
                        continue;
                    }
                    if (done.add((long) at << 32 | lane)) {
                        raw.add(new double[] {k, step > 0 ? l - 1 : l, a, across[lane], -1, step});
                    }
                    a = across[lane];
                    at = lane;
                }
                double to = n.toOffset()[ti];
                raw.add(new double[] {
                    k, step > 0 ? layer[t] - 1 : layer[t], a, across[t] + (Double.isNaN(to) ? 0 : to), t, step
                });
                if (Double.isNaN(to) && step > 0) {
                    arrivals.computeIfAbsent(t, x -> new ArrayList<>()).add(new int[] {raw.size() - 1});
                }
            }
        }
        arrivals.forEach((t, list) -> {
            list.sort(Comparator.comparingDouble(r -> raw.get(r[0])[2]));
            double step = Math.min(14, portSize[t] / (list.size() + 1));
            // The one that comes nearly straight comes straight: all move with it, as far as the box is wide.
            double shift = 0;
            double least = 48;
            double half = (list.size() - 1) / 2.0 * step;
            double room = Math.max(0, portSize[t] / 2 - half - 9);
            for (int k = 0; k < list.size(); k++) {
                double off = raw.get(list.get(k)[0])[2] - (across[t] + k * step - half);
                if (Math.abs(off) < least && Math.abs(off) <= room) {
                    least = Math.abs(off);
                    shift = off;
                }
            }
            for (int k = 0; k < list.size(); k++) {
                raw.get(list.get(k)[0])[3] = across[t] + k * step - half + shift;
            }
        });
        for (double[] r : raw) {
            // Against the flow the piece is told from its far end, so that a hop always goes forward.
            hops.add(
                    r[5] > 0
                            ? new Hop((int) r[0], (int) r[1], r[2], r[3], (int) r[4])
                            : new Hop((int) r[0], (int) r[1], r[3], r[2], -2 - (int) r[4]));
        }
    }

    /// Nothing of the item's layer lies before (or after) it.
    boolean isOutermost(int item, boolean before) {
        List<Integer> l = order.get(layer[item]);
        return (before ? l.getFirst() : l.getLast()) == item;
    }

    double extent() {
        double max = 0;
        for (int i = 0; i < total; i++) {
            max = Math.max(max, across[i] + size[i] / 2);
        }
        return max;
    }
}
