package dev.lathe.graph;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A frozen graph in topological order. Change it through [#edit]; unchanged nodes are shared between
/// versions.
///
/// `values` holds every value that this graph defines or declares; values of enclosing graphs are used by id
/// and live there. An initializer is a value with an entry in `initializers`; it may also be a graph input (a
/// default, as before IR 4).
public final class Graph {
    private static final int FEW = 16;

    private final String name;
    private final String doc;
    private final List<ValueId> inputs;
    private final List<ValueId> outputs;
    /// The same, quicker to look in where they are many.
    private final Collection<ValueId> inputSet;

    private final Collection<ValueId> outputSet;
    private final List<Node> nodes;
    private final Map<ValueId, Value> values;
    private final Map<ValueId, Tensor> initializers;
    private final Extra extra;
    private final GraphIndex index;
    private final int maxNodeIndex;
    private final int maxValueIndex;

    /// @param nodes in topological order (importers sort with [TopologicalOrder]); a value is produced at most once
    public Graph(
            String name,
            String doc,
            List<ValueId> inputs,
            List<ValueId> outputs,
            List<Node> nodes,
            Map<ValueId, Value> values,
            Map<ValueId, Tensor> initializers,
            Extra extra) {
        this(nodes, name, doc, inputs, outputs, new LinkedHashMap<>(values), new LinkedHashMap<>(initializers), extra);
    }

    /// @param values not copied, as `initializers`: whoever made them lets go of them
    static Graph taking(
            Graph named,
            List<ValueId> inputs,
            List<ValueId> outputs,
            List<Node> nodes,
            Map<ValueId, Value> values,
            Map<ValueId, Tensor> initializers) {
        return new Graph(nodes, named.name, named.doc, inputs, outputs, values, initializers, named.extra);
    }

    private Graph(
            List<Node> nodes,
            String name,
            String doc,
            List<ValueId> inputs,
            List<ValueId> outputs,
            Map<ValueId, Value> values,
            Map<ValueId, Tensor> initializers,
            Extra extra) {
        this.name = name;
        this.doc = doc;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        inputSet = lookup(this.inputs);
        outputSet = lookup(this.outputs);
        this.nodes = List.copyOf(nodes);
        this.values = Collections.unmodifiableMap(values);
        this.initializers = Collections.unmodifiableMap(initializers);
        this.extra = extra;
        index = new GraphIndex(this.nodes);
        int maxNode = -1;
        int maxValue = -1;
        for (ValueId v : values.keySet()) {
            maxValue = Math.max(maxValue, v.index());
        }
        for (Node n : this.nodes) {
            maxNode = Math.max(maxNode, n.id().index());
            for (ValueId out : n.outputs()) {
                maxValue = Math.max(maxValue, out.index());
            }
            for (Graph sub : n.subgraphs()) {
                maxNode = Math.max(maxNode, sub.maxNodeIndex);
                maxValue = Math.max(maxValue, sub.maxValueIndex);
            }
        }
        this.maxNodeIndex = maxNode;
        this.maxValueIndex = maxValue;
    }

    /// The same with other outputs.
    public Graph withOutputs(List<ValueId> next) {
        return new Graph(nodes, name, doc, inputs, next, values, initializers, extra);
    }

    /// The same with other kept fields.
    public Graph withExtra(Extra next) {
        return new Graph(nodes, name, doc, inputs, outputs, values, initializers, next);
    }

    /// The same nodes with values of other names or types.
    private Graph(Graph same, Map<ValueId, Value> values) {
        name = same.name;
        doc = same.doc;
        inputs = same.inputs;
        outputs = same.outputs;
        inputSet = same.inputSet;
        outputSet = same.outputSet;
        nodes = same.nodes;
        this.values = Collections.unmodifiableMap(values);
        initializers = same.initializers;
        extra = same.extra;
        index = same.index;
        maxNodeIndex = same.maxNodeIndex;
        maxValueIndex = same.maxValueIndex;
    }

    /// @param next the same values with other names or types; it is not copied
    Graph withValues(Map<ValueId, Value> next) {
        return new Graph(this, next);
    }

    public String name() {
        return name;
    }

    public String doc() {
        return doc;
    }

    public List<ValueId> inputs() {
        return inputs;
    }

    public List<ValueId> outputs() {
        return outputs;
    }

    /// Nodes in topological order.
    public List<Node> nodes() {
        return nodes;
    }

    /// Values that this graph defines (inputs, initializers, node outputs) or declares.
    public Collection<Value> values() {
        return values.values();
    }

    public Map<ValueId, Tensor> initializers() {
        return initializers;
    }

    public Extra extra() {
        return extra;
    }

    /// The value with this id, where this graph (not an enclosing one) holds it.
    public Optional<Value> value(ValueId id) {
        return Optional.ofNullable(values.get(id));
    }

    /// The value's name; empty for [ValueId#ABSENT], `#n` for a value of an enclosing graph.
    public String nameOf(ValueId id) {
        if (!id.isPresent()) {
            return "";
        }
        Value v = values.get(id);
        return v == null ? "#" + id.index() : v.name();
    }

    /// The first value with this name.
    public Optional<Value> valueNamed(String wanted) {
        return values.values().stream().filter(v -> v.name().equals(wanted)).findFirst();
    }

    public Optional<Tensor> initializer(ValueId id) {
        return Optional.ofNullable(initializers.get(id));
    }

    public Optional<Node> node(NodeId id) {
        int at = index.position(id);
        return at < 0 ? Optional.empty() : Optional.of(nodes.get(at));
    }

    /// Index of the node in [#nodes], −1 when it is not in this graph.
    public int position(NodeId id) {
        return index.position(id);
    }

    public Optional<Node> producer(ValueId id) {
        return Optional.ofNullable(index.producer(id));
    }

    /// Nodes that use the value, also from inside their subgraphs; each once, in order.
    public List<Node> consumers(ValueId id) {
        return Collections.unmodifiableList(index.consumers(id));
    }

    public boolean isInput(ValueId id) {
        return inputSet.contains(id);
    }

    public boolean isOutput(ValueId id) {
        return outputSet.contains(id);
    }

    private static Collection<ValueId> lookup(List<ValueId> ids) {
        return ids.size() <= FEW ? ids : Set.copyOf(ids);
    }

    /// Inputs that a caller must give: those without a default among the initializers.
    public List<ValueId> requiredInputs() {
        return inputs.stream().filter(i -> !initializers.containsKey(i)).toList();
    }

    /// Values of enclosing graphs that this graph or a graph inside it uses, each once, in order of use.
    public List<ValueId> captures() {
        var found = new java.util.LinkedHashSet<ValueId>();
        for (Node n : nodes) {
            for (ValueId in : n.inputs()) {
                if (in.isPresent() && !values.containsKey(in)) {
                    found.add(in);
                }
            }
            for (Graph sub : n.subgraphs()) {
                for (ValueId in : sub.captures()) {
                    if (!values.containsKey(in)) {
                        found.add(in);
                    }
                }
            }
        }
        for (ValueId out : outputs) {
            if (out.isPresent() && !values.containsKey(out)) {
                found.add(out);
            }
        }
        return List.copyOf(found);
    }

    /// Calls `visit` for this graph and every graph nested in it, outermost first.
    public void forEachGraph(Consumer<Graph> visit) {
        visit.accept(this);
        for (Node n : nodes) {
            for (Graph sub : n.subgraphs()) {
                sub.forEachGraph(visit);
            }
        }
    }

    /// How many nodes are here and in nested graphs.
    public int allNodes() {
        int[] sum = {0};
        forEachGraph(g -> sum[0] += g.nodes.size());
        return sum[0];
    }

    /// Bytes of the initializers here and in nested graphs.
    public long parameterBytes() {
        long[] sum = {0};
        forEachGraph(
                g -> g.initializers.values().forEach(t -> sum[0] += t.data().byteSize()));
        return sum[0];
    }

    public int maxNodeIndex() {
        return maxNodeIndex;
    }

    public int maxValueIndex() {
        return maxValueIndex;
    }

    /// An editor for a main graph; ids start above those in use here. For a subgraph give [Model#newIds].
    public Editor edit() {
        return new Editor(this, new IdSpace(maxNodeIndex + 1, maxValueIndex + 1));
    }

    public Editor edit(IdSpace ids) {
        return new Editor(this, ids);
    }

    Map<ValueId, Value> valueTable() {
        return values;
    }

    @Override
    public String toString() {
        return "Graph " + name + " (" + nodes.size() + " nodes)";
    }
}
