package dev.lathe.app.graph;

import dev.lathe.app.graph.ScopeTree.Kind;
import dev.lathe.core.OneLine;
import dev.lathe.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Groups what lies directly in a block into layers: a main operator takes the bias, activation,
/// normalization and reshapes that follow it; a residual Add goes with the normalization that it alone
/// feeds; a small named scope with one main operator is a layer as it is.
final class LayerSteps {
    private static final int LARGEST_LAYER = 24;

    private final Flow flow;
    /// Which layer of the present block a node is in.
    private final Map<Integer, Block> layerOf = new HashMap<>();

    LayerSteps(Flow flow) {
        this.flow = flow;
    }

    void group(Block block) {
        for (Block b : List.copyOf(block.blocks)) {
            if (isSmallLayer(b)) {
                b.kind = Kind.LAYER;
                List<Integer> all = b.all().boxed().toList();
                b.nodes.clear();
                b.nodes.addAll(all);
                b.blocks.clear();
                b.head = headOf(b);
            } else {
                group(b);
            }
        }
        layerOf.clear();
        Set<Integer> inside = new HashSet<>();
        block.all().forEach(inside::add);
        freeSingleMinors(block, inside);
        Set<Block> members = new HashSet<>(block.blocks);
        for (Block b : block.blocks) {
            b.all().forEach(i -> layerOf.put(i, b));
        }
        for (int i : block.nodes.stream().sorted().toList()) {
            if (flow.folded.get(i) || i == block.head) {
                continue;
            }
            Block layer = join(i, inside);
            layer.nodes.add(i);
            layerOf.put(i, layer);
            if (members.add(layer)) {
                block.blocks.add(layer);
            }
        }
        block.nodes.removeIf(i -> layerOf.containsKey(i));
        for (Block b : block.blocks) {
            if (b.isLayer()) {
                b.head = headOf(b);
                if (b.label.isEmpty()) {
                    b.label = label(b.head);
                    b.plain = true;
                }
            }
        }
        giveFolded(block);
    }

    private boolean isSmallLayer(Block b) {
        int shown = b.shownNodes(flow);
        if (shown > LARGEST_LAYER || b.head >= 0) {
            return false;
        }
        // Two real scopes inside (dense and LayerNorm, dense and activation) are layers of their own.
        long scopes = b.blocks.stream().filter(c -> c.shownNodes(flow) > 1).count();
        if (scopes > 1) {
            return false;
        }
        boolean control = b.all().anyMatch(i -> !flow.nodes.get(i).subgraphs().isEmpty());
        long main = b.all()
                .filter(i -> !flow.folded.get(i) && !Operators.isMinor(flow.nodes.get(i)))
                .count();
        return !control && (main == 0 || main == 1 && shown <= 16);
    }

    /// A scope around one bias, activation or BatchNormalization is no layer of its own when it can join
    /// one.
    private void freeSingleMinors(Block block, Set<Integer> inside) {
        Set<Block> freed = new HashSet<>();
        for (Block b : List.copyOf(block.blocks)) {
            if (b.isLayer() && b.shownNodes(flow) > 0) {
                int only = b.all().filter(i -> !flow.folded.get(i)).min().orElseThrow();
                boolean minor = b.shownNodes(flow) == 1 && Operators.isMinor(flow.nodes.get(only));
                // BatchNormalization with its activation, in a scope of its own, belongs to the convolution before it.
                boolean norm = flow.nodes.get(only).op().equals("BatchNormalization")
                        && b.all().allMatch(i -> Operators.isMinor(flow.nodes.get(i)));
                if ((minor || norm) && flow.producers[only].length == 1) {
                    int p = flow.producers[only][0];
                    if (inside.contains(p)) {
                        block.nodes.addAll(b.nodes);
                        freed.add(b);
                    }
                }
            } else if (b.shownNodes(flow) == 0) {
                b.all().forEach(block.nodes::add);
                freed.add(b);
            }
        }
        block.blocks.removeAll(freed);
    }

    private Block join(int i, Set<Integer> inside) {
        Node n = flow.nodes.get(i);
        if (!Operators.isMinor(n)) {
            return new Block("", Kind.LAYER);
        }
        Set<Block> from = new HashSet<>();
        int outside = 0;
        for (int p : flow.producers[i]) {
            Block b = layerOf.get(p);
            if (b != null) {
                from.add(b);
            } else if (!inside.contains(p)) {
                outside++;
            }
        }
        if (Operators.isJoining(n) && from.size() + outside > 1) {
            Block into = onlyConsumer(i);
            if (into != null) {
                return into;
            }
        }
        if (from.size() == 1) {
            Block b = from.iterator().next();
            if (b.isLayer() && b.shownNodes(flow) < LARGEST_LAYER) {
                return b;
            }
        }
        return new Block("", Kind.LAYER);
    }

    /// The named layer without main operator (a decomposed LayerNorm) that alone uses node `i`.
    private @org.jspecify.annotations.Nullable Block onlyConsumer(int i) {
        Block into = null;
        for (int c : flow.consumers[i]) {
            Block b = layerOf.get(c);
            if (b == null || into != null && into != b) {
                // Past the block's border it is the residual path: that does not make it somebody else's layer.
                if (b == null) {
                    continue;
                }
                return null;
            }
            into = b;
        }
        if (into == null || !into.isLayer() || into.nodes.contains(i)) {
            return null;
        }
        for (int j : into.nodes) {
            for (int p : flow.producers[j]) {
                if (p != i && !into.nodes.contains(p)) {
                    return null;
                }
            }
        }
        return into;
    }

    /// The main operator: the first that is not minor, else the last that computes, else the last.
    private int headOf(Block b) {
        List<Integer> shown = new ArrayList<>(b.nodes.size());
        for (int i : b.nodes) {
            if (!flow.folded.get(i)) {
                shown.add(i);
            }
        }
        shown.sort(null);
        int head = shown.isEmpty() ? b.nodes.getFirst() : shown.getFirst();
        for (int i : shown) {
            if (!Operators.isMinor(flow.nodes.get(i))) {
                return i;
            }
        }
        for (int i : shown) {
            head = Operators.isView(flow.nodes.get(i)) ? head : i;
        }
        return head;
    }

    /// The name that a layer without a scope of its own takes from its main node.
    String label(int i) {
        Node n = flow.nodes.get(i);
        String whole = OneLine.of(n.name());
        String name = whole.contains(";") ? whole.substring(0, whole.indexOf(';')) : whole;
        String last = name.substring(name.lastIndexOf('/') + 1);
        if (Operators.isMatrixProduct(n) && flow.producers[i].length == 2) {
            if (feedsSoftmax(i)) {
                return "scores";
            }
            for (int p : flow.producers[i]) {
                if (flow.nodes.get(p).op().equals("Softmax")) {
                    return "context";
                }
            }
        }
        if (!last.isEmpty()) {
            return last;
        }
        for (var out : n.outputs()) {
            String value = flow.owners.get(i).nameOf(out);
            if (!value.isEmpty() && !value.chars().allMatch(Character::isDigit) && value.length() <= 28) {
                return value.substring(value.lastIndexOf('/') + 1);
            }
        }
        return n.op();
    }

    private boolean feedsSoftmax(int i) {
        int at = i;
        for (int k = 0; k < 6 && flow.consumers[at].length == 1; k++) {
            at = flow.consumers[at][0];
            if (flow.nodes.get(at).op().equals("Softmax")) {
                return true;
            }
            if (!Operators.isMinor(flow.nodes.get(at))) {
                return false;
            }
        }
        return false;
    }

    /// Constants and shape arithmetic go into the layer that alone uses them.
    private void giveFolded(Block block) {
        List<Integer> folded = block.nodes.stream()
                .filter(flow.folded::get)
                .sorted((a, b) -> b - a)
                .toList();
        if (folded.isEmpty()) {
            return;
        }
        Map<Integer, Set<Object>> users = new HashMap<>();
        Set<Integer> mine = new HashSet<>(folded);
        block.all().filter(i -> !flow.folded.get(i) || !mine.contains(i)).forEach(i -> note(i, layerOf.get(i), users));
        List<Integer> given = new ArrayList<>();
        for (int i : folded) {
            Set<Object> by = users.getOrDefault(i, Set.of());
            Object one = by.size() == 1 ? by.iterator().next() : block;
            note(i, one, users);
            if (one instanceof Block layer && layer != block && layer.isLayer()) {
                layer.nodes.add(i);
                given.add(i);
            }
        }
        block.nodes.removeAll(new HashSet<>(given));
    }

    private void note(int i, @org.jspecify.annotations.Nullable Object by, Map<Integer, Set<Object>> users) {
        for (var in : flow.nodes.get(i).inputs()) {
            int p = flow.producerOf(in);
            if (p >= 0 && flow.folded.get(p)) {
                users.computeIfAbsent(p, k -> new HashSet<>()).add(by == null ? this : by);
            }
        }
    }
}
