package dev.lathe.graph.op.ml;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Dim;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The longest way from the root to a leaf in each tree of an ensemble.
final class TreeDepths {
    private TreeDepths() {}

    private record Key(long tree, long node) {}

    private record Step(int at, int depth) {}

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
        long sum = 0;
        for (int root : roots.values()) {
            int deepest = deepest(root, n, i -> {
                if (modes.get(i).equals("LEAF")) {
                    return new int[0];
                }
                int a = places.getOrDefault(new Key(trees.get(i), yes.get(i)), -1);
                int b = places.getOrDefault(new Key(trees.get(i), no.get(i)), -1);
                return new int[] {a, b};
            });
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
        long sum = 0;
        for (long root : roots) {
            int deepest = deepest((int) root, n, i -> {
                boolean a = yesLeaf.get(i) == 0;
                boolean b = noLeaf.get(i) == 0;
                int[] children = new int[(a ? 1 : 0) + (b ? 1 : 0)];
                if (a) {
                    children[0] = (int) (long) yes.get(i);
                }
                if (b) {
                    children[children.length - 1] = (int) (long) no.get(i);
                }
                return children;
            });
            if (deepest < 0) {
                return Dim.unknown();
            }
            // The last inner node has the comparison that leads to the leaf.
            sum += deepest + 2;
        }
        return Dim.of(sum);
    }

    private interface Children {
        int[] of(int node);
    }

    /// Edges on the longest way down from `root`, or -1 when it is no tree.
    private static int deepest(int root, int nodes, Children children) {
        Deque<Step> open = new ArrayDeque<>();
        open.push(new Step(root, 0));
        int deepest = 0;
        int visited = 0;
        while (!open.isEmpty()) {
            Step step = open.pop();
            // More visits than nodes: a cycle.
            if (step.at < 0 || step.at >= nodes || ++visited > nodes) {
                return -1;
            }
            deepest = Math.max(deepest, step.depth);
            for (int child : children.of(step.at)) {
                open.push(new Step(child, step.depth + 1));
            }
        }
        return deepest;
    }
}
