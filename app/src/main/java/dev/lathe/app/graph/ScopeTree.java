package dev.lathe.app.graph;

import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The blocks of a graph as its owner knows them: a tree of scopes whose leaves are nodes, every node
/// exactly once, children in order of execution. Nodes inside If, Loop and Scan bodies are in the tree too.
///
/// Scopes come from the names of nodes, tensors and weights; where those say nothing, from the graph's
/// shape ([ScopeTreeBuilder] says how). The same graph always gives the same tree.
public final class ScopeTree {

    /// What a scope is.
    public enum Kind {
        /// The root.
        MODEL,
        /// A named block with blocks or layers inside.
        BLOCK,
        /// A part that the names do not know, cut where few tensors cross.
        PART,
        /// One layer as people speak of it: a main operator with what belongs to it (bias, activation,
        /// reshapes, constants, shape arithmetic). Contains leaves only.
        LAYER
    }

    /// A child of a scope.
    public sealed interface Item {
        /// Unique in the tree; a scope's path does not change when other parts of the graph do.
        String path();

        /// What people read, e.g. `encoder.layer.2`.
        String label();
    }

    /// A block. `nodes` are all nodes inside, at any depth, in order of execution. `head` is the node that
    /// the scope stands for: a layer's main operator, the node whose bodies these are.
    public record Scope(
            String path, String label, Kind kind, List<Item> items, List<NodeId> nodes, Optional<NodeId> head)
            implements Item {
        public Scope {
            items = List.copyOf(items);
            nodes = List.copyOf(nodes);
        }

        public boolean isLayer() {
            return kind == Kind.LAYER;
        }

        /// Nodes that do work: without constants and shape arithmetic.
        public long shownItems() {
            return items.stream()
                    .filter(i -> !(i instanceof Leaf l && l.folded()))
                    .count();
        }

        /// How many boxes are drawn inside it when these blocks are open.
        int boxes(Set<String> open) {
            int n = items.size();
            for (Item i : items) {
                n += i instanceof Scope s && open.contains(s.path()) ? s.boxes(open) : 0;
            }
            return n;
        }
    }

    /// One node. `folded` when it only makes constants or shapes; views leave it out.
    public record Leaf(String path, String label, NodeId node, boolean folded) implements Item {}

    private final Scope root;
    /// An item and the scope that directly contains it.
    private record Entry(Item item, Optional<Scope> parent) {}

    private final Map<String, Entry> byPath;
    private final Map<NodeId, Leaf> leaves;
    private final Map<NodeId, String> layerNames;
    private final Flow flow;

    ScopeTree(Scope root, Map<NodeId, String> layerNames, Flow flow) {
        this.root = root;
        this.flow = flow;
        this.layerNames = layerNames;
        leaves = HashMap.newHashMap(root.nodes().size());
        byPath = HashMap.newHashMap(root.nodes().size() + root.nodes().size() / 2);
        byPath.put(root.path(), new Entry(root, Optional.empty()));
        index(root);
    }

    /// The tree of a graph.
    public static ScopeTree of(Graph graph) {
        return new ScopeTreeBuilder(graph).build();
    }

    private void index(Scope scope) {
        Optional<Scope> parent = Optional.of(scope);
        for (Item i : scope.items()) {
            byPath.put(i.path(), new Entry(i, parent));
            switch (i) {
                case Scope s -> index(s);
                case Leaf l -> leaves.put(l.node(), l);
            }
        }
    }

    /// The data flow that the tree was made from.
    Flow flow() {
        return flow;
    }

    public Scope root() {
        return root;
    }

    public Optional<Item> item(String path) {
        return Optional.ofNullable(byPath.get(path)).map(Entry::item);
    }

    public Optional<Scope> scope(String path) {
        return item(path).filter(Scope.class::isInstance).map(Scope.class::cast);
    }

    /// The scope that directly contains the item with this path; empty for the root.
    public Optional<Scope> parent(String path) {
        return Optional.ofNullable(byPath.get(path)).flatMap(Entry::parent);
    }

    public Optional<Leaf> leaf(NodeId node) {
        return Optional.ofNullable(leaves.get(node));
    }

    /// The layer that the node belongs to, where it belongs to one.
    public Optional<Scope> layerOf(NodeId node) {
        return leaf(node).flatMap(l -> parent(l.path())).filter(Scope::isLayer);
    }

    /// The scopes around an item, outermost (the root) first, without the item itself.
    public List<Scope> ancestors(String path) {
        List<Scope> up = new ArrayList<>();
        for (Optional<Scope> s = parent(path); s.isPresent(); s = parent(s.get().path())) {
            up.add(s.get());
        }
        Collections.reverse(up);
        return up;
    }

    /// A name for the node that people recognize, e.g. `encoder.layer.2.intermediate.dense`; the layer's
    /// main node has the layer's name, others add their own. Empty for a node that is not in the tree.
    public String layerName(NodeId node) {
        return layerNames.getOrDefault(node, "");
    }

    /// All layers in order of execution: LAYER scopes, and shown nodes that stand alone.
    public List<Item> layers() {
        List<Item> found = new ArrayList<>();
        collect(root, found);
        return found;
    }

    private static void collect(Scope scope, List<Item> into) {
        for (Item i : scope.items()) {
            switch (i) {
                case Scope s -> {
                    if (s.isLayer()) {
                        into.add(s);
                    } else {
                        collect(s, into);
                    }
                }
                case Leaf l -> {
                    if (!l.folded()) {
                        into.add(l);
                    }
                }
            }
        }
    }
}
