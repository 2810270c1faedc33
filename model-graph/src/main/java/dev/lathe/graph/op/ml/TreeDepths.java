package dev.lathe.graph.op.ml;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Dim;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The longest way from the root to a leaf in each tree of an ensemble.
final class TreeDepths {
    private static final int NEW = -1;
    private static final int OPEN = -2;

    private final Children children;
    /// Of each node what was found: trees that share nodes, and roots that are told twice, are gone through once.
    private final int[] depths;

    private TreeDepths(int nodes, Children children) {
        this.children = children;
        depths = new int[nodes];
        Arrays.fill(depths, NEW);
    }

    private record Key(long tree, long node) {}

    /// Comparisons on the deepest path of every tree and an addition per tree, for nodes that are listed with the
    /// ids of their tree and of themselves. Unknown when the lists are missing or do not make trees.
    static Dim byId(Attrs attrs) {
        List<Long> trees = attrs.ints("nodes_treeids").orElse(List.of());
        List<Long> ids = attrs.ints("nodes_nodeids").orElse(List.of());
        List<Long> yes = attrs.ints("nodes_truenodeids").orElse(List.of());
        List<Long> no = attrs.ints("nodes_falsenodeids").orElse(List.of());
        List<String> modes = attrs.find("nodes_modes").orElse(new Attr.StringsAttr(List.of()))
                        instanceof Attr.StringsAttr(List<String> values)
                ? values
                : List.of();
        int n = ids.size();
        if (n == 0 || trees.size() != n || yes.size() != n || no.size() != n || modes.size() != n) {
            return Dim.unknown();
        }
        Map<Key, Integer> places = new HashMap<>();
        Map<Long, Integer> roots = new HashMap<>();
        for (int i = 0; i < n; i++) {
            places.put(new Key(trees.get(i), ids.get(i)), i);
            roots.putIfAbsent(trees.get(i), i);
        }
        TreeDepths depths = new TreeDepths(n, i -> {
            if (modes.get(i).equals("LEAF")) {
                return new long[0];
            }
            int a = places.getOrDefault(new Key(trees.get(i), yes.get(i)), -1);
            int b = places.getOrDefault(new Key(trees.get(i), no.get(i)), -1);
            return new long[] {a, b};
        });
        long sum = 0;
        for (int root : roots.values()) {
            int deepest = depths.below(root);
            if (deepest < 0) {
                return Dim.unknown();
            }
            sum += deepest + 1;
        }
        return Dim.of(sum);
    }

    /// The same for inner nodes that name their children by position, leaves apart.
    static Dim byPosition(Attrs attrs) {
        List<Long> roots = attrs.ints("tree_roots").orElse(List.of());
        List<Long> yes = attrs.ints("nodes_truenodeids").orElse(List.of());
        List<Long> no = attrs.ints("nodes_falsenodeids").orElse(List.of());
        List<Long> yesLeaf = attrs.ints("nodes_trueleafs").orElse(List.of());
        List<Long> noLeaf = attrs.ints("nodes_falseleafs").orElse(List.of());
        int n = yes.size();
        if (roots.isEmpty() || no.size() != n || yesLeaf.size() != n || noLeaf.size() != n) {
            return Dim.unknown();
        }
        TreeDepths depths = new TreeDepths(n, i -> {
            boolean a = yesLeaf.get(i) == 0;
            boolean b = noLeaf.get(i) == 0;
            long[] children = new long[(a ? 1 : 0) + (b ? 1 : 0)];
            if (a) {
                children[0] = yes.get(i);
            }
            if (b) {
                children[children.length - 1] = no.get(i);
            }
            return children;
        });
        long sum = 0;
        for (long root : roots) {
            int deepest = depths.below(root);
            if (deepest < 0) {
                return Dim.unknown();
            }
            // The last inner node has the comparison that leads to the leaf.
            sum += deepest + 2;
        }
        return Dim.of(sum);
    }

    private interface Children {
        long[] of(int node);
    }

    /// Edges on the longest way down from `root`, or -1 where it leads to no node or in a circle.
    private int below(long root) {
        if (root < 0 || root >= depths.length) {
            return -1;
        }
        Deque<Integer> open = new ArrayDeque<>();
        open.push((int) root);
        while (!open.isEmpty()) {
            int node = open.peek();
            if (depths[node] >= 0) {
                open.pop();
            } else if (depths[node] == NEW) {
                depths[node] = OPEN;
                for (long child : children.of(node)) {
                    if (child < 0 || child >= depths.length || depths[(int) child] == OPEN) {
                        return -1;
                    }
                    open.push((int) child);
                }
            } else {
                int deepest = 0;
                for (long child : children.of(node)) {
                    deepest = Math.max(deepest, depths[(int) child] + 1);
                }
                depths[node] = deepest;
                open.pop();
            }
        }
        return depths[(int) root];
    }
}
