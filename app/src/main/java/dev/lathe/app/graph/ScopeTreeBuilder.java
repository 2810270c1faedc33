package dev.lathe.app.graph;

import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Kind;
import dev.lathe.app.graph.ScopeTree.Leaf;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.core.OneLine;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes a [ScopeTree]: scopes from names ([ScopeFill]), layers inside them ([LayerSteps]), parts where a
/// block would hold too many boxes ([ScopeParts]); chains of single blocks become one, and a block that
/// only wraps a few boxes is dissolved into its parent.
final class ScopeTreeBuilder {
    private static final int FEW_BOXES = 4;
    private static final int BOXES_IN_ONE_VIEW = 14;
    private static final Set<String> GENERIC = Set.of(
            "dense",
            "layernorm",
            "norm",
            "fc",
            "linear",
            "proj",
            "conv",
            "mlp",
            "bn",
            "act",
            "out",
            "output",
            "self",
            "attention",
            "dropout",
            "pool",
            "scores",
            "context",
            "gate",
            "up",
            "down");

    private final Flow flow;
    private final LayerSteps steps;
    private final Map<NodeId, String> layerNames = new HashMap<>();

    ScopeTreeBuilder(Graph graph) {
        flow = new Flow(graph);
        steps = new LayerSteps(flow);
    }

    ScopeTree build() {
        Block root = new Block(flow.graph.name().isEmpty() ? "model" : OneLine.of(flow.graph.name()), Kind.MODEL);
        place(root);
        compress(root);
        steps.group(root);
        if (root.isLayer()) {
            root.kind = Kind.MODEL;
        }
        compress(root);
        dissolve(root, true);
        dissolveTrunk(root);
        new ScopeParts(flow).cut(root);
        return new ScopeTree(freeze(root, "", ""), layerNames, flow);
    }

    private void place(Block root) {
        List<List<String>> scopes = new ScopeFill(flow).scopes();
        Map<List<String>, Block> byPath = new HashMap<>();
        byPath.put(List.of(), root);
        List<String> before = List.of();
        Block b = root;
        for (int i = 0; i < scopes.size(); i++) {
            // Neighbours mostly share their scope.
            b = scopes.get(i).equals(before) ? b : block(scopes.get(i), byPath);
            before = scopes.get(i);
            b.nodes.add(i);
            if (!flow.nodes.get(i).subgraphs().isEmpty()) {
                b.head = i;
            }
        }
    }

    private static Block block(List<String> path, Map<List<String>, Block> byPath) {
        Block known = byPath.get(path);
        if (known != null) {
            return known;
        }
        Block made = new Block(path.getLast(), Kind.BLOCK);
        block(path.subList(0, path.size() - 1), byPath).blocks.add(made);
        byPath.put(List.copyOf(path), made);
        return made;
    }

    /// A block whose only content is one block becomes one with it: encoder → layer makes encoder.layer.
    private void compress(Block b) {
        for (int k = 0; k < b.blocks.size(); k++) {
            Block c = b.blocks.get(k);
            compress(c);
            if (c.kind == Kind.BLOCK
                    && c.blocks.size() == 1
                    && c.head < 0
                    && c.nodes.stream().allMatch(flow.folded::get)) {
                Block only = c.blocks.getFirst();
                only.nodes.addAll(c.nodes);
                if (!only.plain) {
                    only.label = named(c.label, only.label);
                } else {
                    only.label = c.label;
                    only.plain = false;
                }
                b.blocks.set(k, only);
            }
        }
    }

    /// Blocks with few boxes are no help: their boxes move up. So do several that fit into one view
    /// together.
    private void dissolve(Block b, boolean isRoot) {
        b.blocks.stream().filter(c -> !c.isLayer()).toList().forEach(c -> dissolve(c, false));
        if (isRoot) {
            return;
        }
        List<Block> inner = b.blocks.stream()
                .filter(c -> !c.isLayer() && c.head < 0 && c.blocks.stream().allMatch(Block::isLayer))
                .filter(c -> !isOneOfMany(c, b))
                .toList();
        int together = inner.stream().mapToInt(c -> c.shownItems(flow)).sum() + b.shownItems(flow) - inner.size();
        boolean all = together <= BOXES_IN_ONE_VIEW && inner.size() <= 3;
        for (Block c : inner) {
            if (all
                    || c.shownItems(flow) <= FEW_BOXES
                            && b.shownItems(flow) + c.shownItems(flow) <= BOXES_IN_ONE_VIEW) {
                moveUp(c, b);
            }
        }
    }

    /// One of several numbered blocks (layer.0, layer.1 …): people count those, however small they are.
    private static boolean isOneOfMany(Block c, Block parent) {
        String stem = stem(c.label);
        return stem.length() < c.label.length()
                && parent.blocks.stream()
                        .anyMatch(o -> o != c && !o.isLayer() && stem(o.label).equals(stem));
    }

    /// The label without its number at the end.
    private static String stem(String label) {
        int end = label.length();
        while (end > 0 && label.charAt(end - 1) >= '0' && label.charAt(end - 1) <= '9') {
            end--;
        }
        return label.substring(0, end);
    }

    /// A block that holds nearly the whole model as numbered blocks is opened: encoder.layer.0 … at the
    /// top.
    private void dissolveTrunk(Block root) {
        for (boolean again = true; again; ) {
            again = false;
            int total = Math.max(1, root.shownNodes(flow));
            for (Block c : List.copyOf(root.blocks)) {
                boolean trunk = c.kind == Kind.BLOCK
                        && c.head < 0
                        && c.shownNodes(flow) >= 0.55 * total
                        && c.blocks.stream().filter(g -> !g.isLayer()).count() > 1
                        && c.shownItems(flow) + root.shownItems(flow) <= 40;
                if (trunk) {
                    moveUp(c, root);
                    again = true;
                }
            }
        }
    }

    private void moveUp(Block c, Block into) {
        Set<String> taken = new HashSet<>();
        into.blocks.forEach(o -> taken.add(o.label));
        for (Block g : c.blocks) {
            boolean wrap = into.kind == Kind.MODEL || isGeneric(g.label) || taken.contains(g.label) || g.plain;
            g.label = wrap && !(g.plain && into.kind != Kind.MODEL && !taken.contains(g.label))
                    ? named(c.label, g.label)
                    : g.label;
            into.blocks.add(g);
        }
        into.nodes.addAll(c.nodes);
        into.blocks.remove(c);
    }

    private static boolean isGeneric(String label) {
        String first = label.contains(".") ? label.substring(0, label.indexOf('.')) : label;
        String l = first.toLowerCase(java.util.Locale.ROOT).replaceAll("[._]?\\d+$", "");
        return l.isEmpty() || GENERIC.contains(l);
    }

    private static String named(String outer, String inner) {
        // A body's name is its own; what an inliner put in between says nothing.
        boolean body = outer.equals("then") || outer.equals("else") || outer.startsWith("body ");
        return body ? outer : inner.startsWith(outer + ".") ? inner : outer + "." + inner;
    }

    private Scope freeze(Block b, String path, String name) {
        List<Object> parts = new ArrayList<>(Block.inOrder(b.blocks, flow));
        // Nodes that lie here directly are folded ones or a layer's own: they keep their order at the end of it.
        parts.addAll(b.nodes.stream().sorted().toList());
        Map<String, Integer> taken = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (Object o : parts) {
            if (o instanceof Block c) {
                String label = unique(c.label, taken);
                String at = path.isEmpty() ? label : path + "/" + label;
                String inner = c.kind == Kind.PART ? name : name.isEmpty() ? label : name + "." + label;
                c.label = label;
                items.add(freeze(c, at, inner));
            } else {
                int i = (Integer) o;
                Node n = flow.nodes.get(i);
                String label = unique(steps.label(i), taken);
                boolean main = b.head == i && b.isLayer();
                layerNames.put(n.id(), main ? name : name.isEmpty() ? label : name + "." + label);
                items.add(new Leaf(
                        (path.isEmpty() ? "" : path + "/") + "#" + n.id().index(), label, n.id(), flow.folded.get(i)));
            }
        }
        int[] numbers = b.numbers();
        Arrays.sort(numbers);
        List<NodeId> all = new ArrayList<>(numbers.length);
        for (int i : numbers) {
            all.add(flow.nodes.get(i).id());
        }
        return new Scope(
                path,
                b.label,
                b.kind,
                items,
                all,
                b.head < 0
                        ? Optional.empty()
                        : Optional.of(flow.nodes.get(b.head).id()));
    }

    /// @param taken labels that are given away, each with the number that its next namesake may try first
    private static String unique(String label, Map<String, Integer> taken) {
        Integer next = taken.putIfAbsent(label, 2);
        if (next == null) {
            return label;
        }
        int k = next;
        while (taken.putIfAbsent(label + " (" + k + ")", 2) != null) {
            k++;
        }
        taken.put(label, k + 1);
        return label + " (" + k + ")";
    }
}
