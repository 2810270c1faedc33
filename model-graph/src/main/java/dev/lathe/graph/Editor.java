package dev.lathe.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A one-use set of changes to a graph. [#commit] returns the same instance when nothing changed.
///
/// Not thread-safe. Values that nothing defines any more are dropped at commit, unless they are inputs or
/// outputs.
public final class Editor {
    /// To look for so many names through the graph is cheaper than to put all of its names into a table.
    private static final int FEW = 8;

    private final Graph base;
    private final IdSpace ids;
    private final Map<NodeId, Node> replaced = new HashMap<>();
    private final Map<NodeId, List<Node>> before = new HashMap<>();
    private final List<Node> appended = new ArrayList<>();
    private final Set<NodeId> removed = new HashSet<>();
    private final Set<NodeId> asTheyAre = new HashSet<>();
    private final Map<ValueId, Value> values;
    private final Map<ValueId, Tensor> initializers;
    /// Names that are taken beside those of the graph; with them once they have been looked for often.
    private final Set<String> names = new HashSet<>();

    private int namesLookedFor;
    private final Map<ValueId, ValueId> redirected = new HashMap<>();
    private List<ValueId> inputs;
    private List<ValueId> outputs;
    private boolean changed;
    /// Whether more than names, types and attributes may be other ones.
    private boolean rearranged;
    private boolean committed;

    Editor(Graph base, IdSpace ids) {
        this.base = base;
        this.ids = ids;
        this.values = new LinkedHashMap<>(base.valueTable());
        this.initializers = new LinkedHashMap<>(base.initializers());
        this.inputs = base.inputs();
        this.outputs = base.outputs();
    }

    /// A new value whose name is `hint`, or `hint_2`, `hint_3` … when that is taken here or in a nested
    /// graph.
    public ValueId addValue(String hint, ValueType type) {
        rearranged = true;
        ValueId id = ids.value();
        values.put(id, Value.of(id, freshName(hint), type));
        changed = true;
        return id;
    }

    /// A value that the caller made, with an id of this editor's.
    public void addValue(Value value) {
        rearranged = true;
        values.put(value.id(), value.withName(freshName(value.name())));
        changed = true;
    }

    private String freshName(String hint) {
        String name = hint.isEmpty() ? "value" : hint;
        for (int i = 2; isTaken(name); i++) {
            name = hint + "_" + i;
        }
        names.add(name);
        return name;
    }

    private boolean isTaken(String name) {
        if (names.contains(name)) {
            return true;
        }
        if (namesLookedFor > FEW) {
            return false;
        }
        boolean[] found = {false};
        boolean last = namesLookedFor++ == FEW;
        base.forEachGraph(g -> {
            for (Value v : g.values()) {
                found[0] |= v.name().equals(name);
                if (last) {
                    names.add(v.name());
                }
            }
        });
        return found[0];
    }

    public ValueId addInitializer(String hint, Tensor tensor) {
        ValueId id = addValue(hint, tensor.type());
        // An initializer's type is in the tensor; a declaration beside it would only repeat it.
        values.put(id, Value.of(id, nameOf(id), ValueType.unknown()));
        initializers.put(id, tensor);
        return id;
    }

    private String nameOf(ValueId id) {
        Value v = values.get(id);
        return v == null ? "" : v.name();
    }

    /// Makes an existing value (a folded node's output, an initializer) constant with this content.
    public void setInitializer(ValueId id, Tensor tensor) {
        rearranged = true;
        initializers.put(id, tensor);
        changed = true;
    }

    public void removeInitializer(ValueId id) {
        rearranged = true;
        changed |= initializers.remove(id) != null;
    }

    /// A fresh node id for a node that the caller builds and adds.
    public NodeId newNodeId() {
        return ids.node();
    }

    /// Adds a node directly before an existing one (in execution order), which settles the order among
    /// independent nodes.
    public void addBefore(NodeId existing, Node node) {
        rearranged = true;
        before.computeIfAbsent(existing, k -> new ArrayList<>()).add(node);
        changed = true;
    }

    /// Adds a node at the end; commit sorts, so producers still come before consumers.
    public void add(Node node) {
        rearranged = true;
        appended.add(node);
        changed = true;
    }

    /// Adds a node whose inputs stay as they are, whatever is redirected: it stands between the two.
    public void addAsIs(Node node) {
        asTheyAre.add(node.id());
        add(node);
    }

    /// The same, directly before an existing node.
    public void addAsIsBefore(NodeId existing, Node node) {
        asTheyAre.add(node.id());
        addBefore(existing, node);
    }

    /// Puts `node` in the place of the node with the same id.
    public void replace(Node node) {
        rearranged |= base.node(node.id())
                .filter(old -> old.inputs().equals(node.inputs())
                        && old.outputs().equals(node.outputs())
                        && old.subgraphs().isEmpty()
                        && node.subgraphs().isEmpty())
                .isEmpty();
        replaced.put(node.id(), node);
        changed = true;
    }

    public void remove(NodeId id) {
        rearranged = true;
        removed.add(id);
        changed = true;
    }

    /// Lets every use of `from` (nested graphs and graph outputs included) use `to` instead. A graph output
    /// keeps its name: the two values swap names, so callers of the model see no difference. Not possible
    /// when both are graph outputs, when `from` is an input that is an output, too, or when `to` is a graph input
    /// or constant while `from` is an output; then this returns false and changes nothing.
    public boolean redirect(ValueId from, ValueId to) {
        if (outputs.contains(from)) {
            if (inputs.contains(from) || outputs.contains(to) || inputs.contains(to) || initializers.containsKey(to)) {
                return false;
            }
            Value a = values.get(from);
            Value b = values.get(to);
            if (a == null || b == null) {
                return false;
            }
            values.put(to, new Value(to, a.name(), a.declared(), a.extra()));
            values.put(from, new Value(from, b.name(), b.declared(), b.extra()));
            outputs = outputs.stream().map(o -> o.equals(from) ? to : o).toList();
        }
        redirected.put(from, to);
        rearranged = true;
        changed = true;
        return true;
    }

    public void declare(ValueId id, ValueType type) {
        Value v = values.get(id);
        if (v != null && !v.declared().equals(type)) {
            values.put(id, v.withDeclared(type));
            changed = true;
        }
    }

    public void rename(ValueId id, String name) {
        Value v = values.get(id);
        if (v != null && !v.name().equals(name)) {
            values.put(id, v.withName(name));
            names.add(name);
            changed = true;
        }
    }

    public void setInputs(List<ValueId> next) {
        rearranged = true;
        inputs = List.copyOf(next);
        changed = true;
    }

    public void setOutputs(List<ValueId> next) {
        rearranged = true;
        outputs = List.copyOf(next);
        changed = true;
    }

    /// The edited graph, sorted. @throws GraphCycleException when the edit made a cycle
    /// @throws IllegalStateException when the editor was used before
    public Graph commit() {
        if (committed) {
            throw new IllegalStateException("an editor commits once");
        }
        committed = true;
        if (!changed) {
            return base;
        }
        if (!rearranged && replaced.isEmpty()) {
            return base.withValues(values);
        }
        if (!rearranged) {
            List<Node> same = base.nodes().stream()
                    .map(n -> replaced.getOrDefault(n.id(), n))
                    .toList();
            return Graph.taking(base, inputs, outputs, same, values, initializers);
        }
        List<Node> next = new ArrayList<>(base.nodes().size() + 2 * before.size() + appended.size());
        for (Node n : base.nodes()) {
            before.getOrDefault(n.id(), List.of()).forEach(b -> next.add(rewired(b)));
            if (!removed.contains(n.id())) {
                next.add(rewired(replaced.getOrDefault(n.id(), n)));
            }
        }
        appended.forEach(a -> next.add(rewired(a)));
        TopologicalOrder.Sorted sorted = TopologicalOrder.sort(next);
        if (!sorted.stuck().isEmpty()) {
            throw new GraphCycleException(
                    "the edit made a cycle through " + sorted.stuck().getFirst().shownName());
        }
        BitSet live = new BitSet();
        mark(live, inputs);
        mark(live, outputs);
        mark(live, initializers.keySet());
        for (Node n : next) {
            mark(live, n.outputs());
            // Used without a producer here: of an enclosing graph, or defined by a field that we only keep.
            mark(live, n.inputs());
            n.subgraphs().forEach(g -> mark(live, g.captures()));
        }
        values.keySet().removeIf(v -> !live.get(v.index()));
        return Graph.taking(base, inputs, outputs, sorted.nodes(), values, initializers);
    }

    private static void mark(BitSet live, Collection<ValueId> values) {
        for (ValueId v : values) {
            if (v.isPresent()) {
                live.set(v.index());
            }
        }
    }

    private ValueId resolve(ValueId id) {
        ValueId at = id;
        for (ValueId next = redirected.get(at); next != null; next = redirected.get(at)) {
            at = next;
        }
        return at;
    }

    private boolean isRedirected(List<ValueId> used) {
        for (ValueId v : used) {
            if (redirected.containsKey(v)) {
                return true;
            }
        }
        return false;
    }

    private Node rewired(Node node) {
        if (redirected.isEmpty() || asTheyAre.contains(node.id())) {
            return node;
        }
        Node n = node;
        if (isRedirected(n.inputs())) {
            n = n.withInputs(n.inputs().stream().map(this::resolve).toList());
        }
        List<Graph> subs = n.subgraphs();
        if (!subs.isEmpty() && subs.stream().anyMatch(g -> isRedirected(g.captures()))) {
            n = n.withAttrs(new Attrs(n.attrs().entries().stream()
                    .map(e -> switch (e.value()) {
                        case Attr.GraphAttr g ->
                            new Attrs.Entry(e.name(), new Attr.GraphAttr(rewired(g.value())), e.extra());
                        case Attr.GraphsAttr g ->
                            new Attrs.Entry(
                                    e.name(),
                                    new Attr.GraphsAttr(g.values().stream()
                                            .map(this::rewired)
                                            .toList()),
                                    e.extra());
                        default -> e;
                    })
                    .toList()));
        }
        return n;
    }

    private Graph rewired(Graph g) {
        return new Graph(
                g.name(),
                g.doc(),
                g.inputs(),
                g.outputs().stream().map(this::resolve).toList(),
                g.nodes().stream().map(this::rewired).toList(),
                g.valueTable(),
                g.initializers(),
                g.extra());
    }
}
