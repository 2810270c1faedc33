package dev.lathe.graph.io.onnx;

import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.TopologicalOrder;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Gathers the parts of one GraphProto (or function body), then resolves names to ids and builds the graph.
/// One use.
final class GraphReader {
    private final Reading reading;
    private final Scope scope;
    private final int depth;
    private final List<ValueInfo> inputs = new ArrayList<>();
    private final List<ValueInfo> outputs = new ArrayList<>();
    private final Map<String, ValueInfo> infos = new LinkedHashMap<>();
    /// What inputs and outputs state of themselves, by name.
    private final Map<String, ValueInfo> stated = new HashMap<>();
    private final List<StoredConstant> initializers = new ArrayList<>();
    private final Map<ValueId, StoredConstant> stored = new HashMap<>();
    private final List<String> sparse = new ArrayList<>();
    private final List<RawNode> nodes = new ArrayList<>();
    private final ExtraFields extra = new ExtraFields();
    private final Map<ValueId, Value> values = new LinkedHashMap<>();
    private final Map<ValueId, Tensor> tensors = new LinkedHashMap<>();
    /// The first node, by its place, that defines what is defined already; told once its number is known.
    private OptionalInt redefining = OptionalInt.empty();
    private String redefined = "";
    private boolean isFunction;
    private String name = "";
    private String doc = "";
    private Optional<WireReader> source = Optional.empty();

    GraphReader(Reading reading, Scope scope, int depth) {
        this.reading = reading;
        this.scope = scope;
        this.depth = depth;
    }

    Graph read(WireReader r) throws WireFault, LatheException {
        gather(r);
        return build();
    }

    /// Takes in a message, or one piece of it; [#build] follows.
    void gather(WireReader r) throws WireFault, LatheException {
        if (depth > Reading.DEEPEST_SUBGRAPH) {
            throw reading.error(
                    "nesting-too-deep", "subgraphs are nested deeper than " + Reading.DEEPEST_SUBGRAPH, r.position());
        }
        r.as(Wire.GRAPH);
        while (r.next()) {
            switch (r.field()) {
                case Proto.GraphField.NODE -> node(r.message());
                case Proto.GraphField.NAME -> name(r.string());
                case Proto.GraphField.DOC -> doc(r.string());
                case Proto.GraphField.INITIALIZER -> initializers.add(StoredConstant.read(reading, r));
                case Proto.GraphField.INPUT -> inputs.add(ValueInfo.read(r.message()));
                case Proto.GraphField.OUTPUT -> outputs.add(ValueInfo.read(r.message()));
                case Proto.GraphField.VALUE_INFO -> valueInfo(r);
                case Proto.GraphField.SPARSE_INITIALIZER -> sparse(r);
                default -> extra.keep(r);
            }
        }
    }

    void name(String text) {
        name = text;
    }

    void doc(String text) {
        doc = text;
    }

    void untypedInput(String inputName) {
        inputs.add(ValueInfo.untyped(inputName));
    }

    void untypedOutput(String outputName) {
        outputs.add(ValueInfo.untyped(outputName));
    }

    void node(WireReader r) throws WireFault {
        if (nodes.size() % 1024 == 0) {
            reading.context().checkCancelled();
        }
        source = Optional.of(r);
        nodes.add(RawNode.read(r));
    }

    void valueInfo(WireReader r) throws WireFault {
        ValueInfo info = ValueInfo.read(r.message());
        ValueInfo before = infos.put(info.name(), info);
        if (before != null && !before.sameAs(info)) {
            extra.add(before.asField(Proto.GraphField.VALUE_INFO));
        }
    }

    /// Kept as it is; but it defines a value.
    private void sparse(WireReader r) throws WireFault {
        WireReader.Span whole = r.skipWhole();
        extra.add(r.copy(whole));
        sparse.addAll(SparseShapes.names(r.at(whole)));
    }

    /// A function's inputs and outputs are typed, if at all, by its other declarations.
    Graph buildFunction() throws WireFault, LatheException {
        isFunction = true;
        inputs.replaceAll(i -> infoOf(i.name()));
        outputs.replaceAll(o -> infoOf(o.name()));
        return build();
    }

    Graph build() throws WireFault, LatheException {
        List<ValueId> inputIds = new ArrayList<>(inputs.size());
        for (ValueInfo in : inputs) {
            if (scope.own(in.name()).isPresent()) {
                throw twice(in.name(), "two inputs of the graph");
            }
            inputIds.add(define(in));
            stated.put(in.name(), in);
        }
        outputs.forEach(o -> stated.putIfAbsent(o.name(), o));
        defineInitializers();
        overruleConstants();
        List<List<ValueId>> nodeOutputs = defineOutputs();
        List<ValueId> outputIds = new ArrayList<>(outputs.size());
        for (ValueInfo out : outputs) {
            outputIds.add(scope.resolve(out.name())
                    .orElseThrow(() -> reading.error(
                            "undefined-value",
                            "the graph '" + name + "' returns '" + out.name() + "', which nothing produces",
                            Place.file(reading.file()))));
        }
        keepOtherDeclarations();
        List<Node> given = resolved(nodeOutputs);
        List<Node> sorted = sorted(given);
        if (!sorted.equals(given)) {
            FileForm.markUnsorted(extra);
        }
        return new Graph(name, doc, inputIds, outputIds, sorted, values, tensors, extra.done());
    }

    /// Of two initializers of one name the last one counts, as in ONNX Runtime; the others are kept.
    private void defineInitializers() throws WireFault, LatheException {
        for (StoredConstant s : initializers) {
            String tensor = s.content().name();
            Optional<ValueId> given = scope.own(tensor);
            ValueId id = given.isPresent() ? given.get() : define(statedOf(tensor));
            StoredConstant before = stored.put(id, s);
            if (before != null) {
                if (!before.content()
                        .tensor()
                        .type()
                        .equals(s.content().tensor().type())) {
                    throw twice(tensor, "two constants of the graph");
                }
                overrule(before);
            }
            tensors.put(id, s.content().tensor());
        }
        for (String s : sparse) {
            Optional<ValueId> given = scope.own(s);
            if (given.isEmpty()) {
                ValueId unused = define(statedOf(s));
            } else if (stored.containsKey(given.get())) {
                overrule(stored.remove(given.get()));
                tensors.remove(given.get());
            }
        }
    }

    private void overrule(StoredConstant constant) throws WireFault, LatheException {
        if (ExternalMark.isOn(constant.content().tensor().extra())) {
            extra.add(Overruled.mark(constant.content().name()));
            return;
        }
        keepOverruled(constant.message(), constant.content().name());
        extra.add(constant.asField());
    }

    private void keepOverruled(WireReader.Span message, String tensor) throws LatheException {
        if (!reading.oddContent().hasRoomFor(message.length())) {
            throw twice(tensor, "two constants of the graph");
        }
    }

    /// ONNX Runtime makes initializers of the main graph's Constant nodes, so that one may have the name of another
    /// constant.
    private void overruleConstants() throws WireFault, LatheException {
        if (isFunction || depth > 0) {
            return;
        }
        Map<String, Integer> latest = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).isConstant()) {
                latest.put(nodes.get(i).outputs().getFirst(), i);
            }
        }
        Set<String> sparseNames = new HashSet<>(sparse);
        List<RawNode> counting = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            RawNode n = nodes.get(i);
            String output = n.isConstant() ? n.outputs().getFirst() : "";
            if (n.isConstant() && (latest.getOrDefault(output, i) != i || sparseNames.contains(output))) {
                keepOverruled(n.message(), output);
                extra.add(new WireWriter()
                        .bytes(Proto.GraphField.NODE, source.orElseThrow().copy(n.message()))
                        .toByteArray());
                continue;
            }
            if (n.isConstant()
                    && inputNamed(output)
                    && becomesDefault(n, scope.own(output).orElseThrow())) {
                continue;
            }
            counting.add(n);
            Optional<ValueId> other = n.isConstant() ? scope.own(output) : Optional.empty();
            if (other.isPresent() && stored.containsKey(other.get()) && !inputNamed(output)) {
                overrule(stored.remove(other.get()));
                tensors.remove(other.get());
                scope.forget(output);
                values.remove(other.get());
            }
        }
        if (counting.size() < nodes.size()) {
            nodes.clear();
            nodes.addAll(counting);
        }
    }

    /// The tensor of a Constant node with the name of an input is what the input is where a caller gives nothing.
    private boolean becomesDefault(RawNode node, ValueId input) throws WireFault, LatheException {
        Optional<Tensor> value = new AttributeReader(reading, scope, depth)
                .read(node.attributes(), source.orElseThrow(), "node '" + node.name() + "'")
                .tensor("value");
        if (value.isEmpty()) {
            return false;
        }
        extra.add(Overruled.mark(node.outputs().getFirst()));
        if (stored.containsKey(input)) {
            overrule(stored.remove(input));
        }
        tensors.put(input, value.get());
        return true;
    }

    private boolean inputNamed(String tensor) {
        return inputs.stream().anyMatch(in -> in.name().equals(tensor));
    }

    /// What the graph states of its values besides the one declaration that each value has.
    private void keepOtherDeclarations() {
        List<ValueId> again = new ArrayList<>();
        for (ValueInfo info : infos.values()) {
            Optional<ValueId> own = scope.own(info.name());
            if (own.isEmpty()) {
                // Declares a value that this graph does not define: kept, but no name for anyone to use.
                ValueId id = reading.ids().value();
                values.put(id, info.toValue(id));
            } else if (!info.declares(values.get(own.get()))) {
                extra.add(info.asField(Proto.GraphField.VALUE_INFO));
            } else if (stated.containsKey(info.name()) && !isFunction) {
                again.add(own.get());
            }
        }
        Set<String> differing = new HashSet<>();
        for (ValueInfo out : outputs) {
            boolean same = scope.own(out.name())
                    .map(id -> out.declares(values.get(id)))
                    .orElse(out.sameAs(ValueInfo.untyped(out.name())));
            if (!same) {
                differing.add(out.name());
            }
        }
        outputs.stream()
                .filter(o -> differing.contains(o.name()))
                .forEach(o -> extra.add(o.asField(Proto.GraphField.OUTPUT)));
        again.forEach(id -> values.computeIfPresent(id, (i, v) -> DeclaredAgain.mark(v)));
    }

    private ValueInfo statedOf(String valueName) {
        ValueInfo end = stated.get(valueName);
        return end == null ? infoOf(valueName) : end;
    }

    private ValueInfo infoOf(String valueName) {
        return infos.getOrDefault(valueName, ValueInfo.untyped(valueName));
    }

    private ValueId define(ValueInfo info) {
        ValueId id = reading.ids().value();
        scope.define(info.name(), id);
        values.put(id, info.toValue(id));
        return id;
    }

    private List<List<ValueId>> defineOutputs() throws LatheException {
        List<List<ValueId>> all = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            RawNode n = nodes.get(i);
            List<ValueId> ids = new ArrayList<>(n.outputs().size());
            for (String out : n.outputs()) {
                if (out.isEmpty()) {
                    ids.add(ValueId.ABSENT);
                    continue;
                }
                if (scope.own(out).isPresent()) {
                    if (redefining.isEmpty()) {
                        redefining = OptionalInt.of(i);
                        redefined = out;
                    }
                    continue;
                }
                ids.add(define(statedOf(out)));
            }
            all.add(ids);
        }
        return all;
    }

    private List<Node> resolved(List<List<ValueId>> nodeOutputs) throws WireFault, LatheException {
        List<Node> built = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            if (i % 1024 == 0) {
                reading.context().checkCancelled();
            }
            RawNode raw = nodes.get(i);
            NodeId id = reading.ids().node();
            String shown = raw.name().isEmpty() ? raw.op() + "_" + id.index() : raw.name();
            if (redefining.isPresent() && redefining.getAsInt() == i) {
                throw reading.error(
                        "duplicate-value",
                        "defines the tensor '" + redefined + "', which is already defined in this graph",
                        new Place.AtNode(shown, raw.op()));
            }
            List<ValueId> ins = new ArrayList<>(raw.inputs().size());
            for (String in : raw.inputs()) {
                ins.add(
                        in.isEmpty()
                                ? ValueId.ABSENT
                                : scope.resolve(in)
                                        .orElseThrow(() -> reading.error(
                                                "undefined-value",
                                                "uses the tensor '" + in + "', which nothing produces",
                                                new Place.AtNode(shown, raw.op()))));
            }
            Attrs attrs = raw.attributes().isEmpty()
                    ? Attrs.NONE
                    : new AttributeReader(reading, scope, depth)
                            .read(raw.attributes(), source.orElseThrow(), "node '" + shown + "'");
            built.add(new Node(
                    id,
                    raw.name(),
                    raw.domain(),
                    raw.op(),
                    raw.overload(),
                    ins,
                    nodeOutputs.get(i),
                    attrs,
                    new Origin.Imported(id, shown),
                    raw.extra()));
        }
        return built;
    }

    private List<Node> sorted(List<Node> given) throws LatheException {
        TopologicalOrder.Sorted order = TopologicalOrder.sort(given);
        if (order.stuck().isEmpty()) {
            return order.nodes();
        }
        List<String> circle =
                Cycle.in(order.stuck()).stream().map(Node::shownName).toList();
        throw reading.error(
                "graph-cycle",
                "the graph '" + name + "' has a cycle through the nodes " + Bytes.few(circle),
                Place.file(reading.file()));
    }

    private LatheException twice(String valueName, String what) {
        return reading.error(
                "duplicate-value", "the tensor '" + valueName + "' is " + what, Place.file(reading.file()));
    }
}
