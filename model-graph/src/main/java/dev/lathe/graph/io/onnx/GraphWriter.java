package dev.lathe.graph.io.onnx;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.ValueType;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes a graph as GraphProto, nested graphs included.
final class GraphWriter {
    private final ValueNames names;
    private final TensorWriter tensors;
    private final JobContext context;

    GraphWriter(ValueNames names, TensorWriter tensors, JobContext context) {
        this.names = names;
        this.tensors = tensors;
        this.context = context;
    }

    WireWriter write(Graph graph) throws LatheException {
        WireWriter w = new WireWriter();
        w.extra(overruled(graph, Proto.GraphField.NODE));
        nodes(w, Proto.GraphField.NODE, graph);
        w.text(Proto.GraphField.NAME, graph.name());
        w.extra(overruled(graph, Proto.GraphField.INITIALIZER));
        for (Map.Entry<ValueId, Tensor> e : graph.initializers().entrySet()) {
            w.message(Proto.GraphField.INITIALIZER, tensors.initializer(names.of(e.getKey()), e.getValue()));
        }
        w.text(Proto.GraphField.DOC, graph.doc());
        for (ValueId in : graph.inputs()) {
            end(w, Proto.GraphField.INPUT, graph, in);
        }
        KeptOutputs kept = KeptOutputs.of(graph.extra());
        for (ValueId out : graph.outputs()) {
            Optional<byte[]> own = kept.next(names.of(out));
            if (own.isPresent()) {
                w.extra(Extra.of(own.get()));
            } else {
                end(w, Proto.GraphField.OUTPUT, graph, out);
            }
        }
        declarations(w, Proto.GraphField.VALUE_INFO, graph);
        Extra rest = ExtraScan.only(graph.extra(), Proto.GraphField.OUTPUT, false);
        rest = ExtraScan.only(rest, Proto.GraphField.INITIALIZER, false);
        return w.extra(FileForm.unmarkedGraph(rest));
    }

    private Extra overruled(Graph graph, int field) {
        if (!ExtraScan.has(graph.extra(), field)) {
            return Extra.NONE;
        }
        Set<String> defined = new HashSet<>();
        graph.values().forEach(v -> defined.add(names.of(v.id())));
        return Overruled.toWrite(graph.extra(), field, defined);
    }

    void nodes(WireWriter w, int field, Graph graph) throws LatheException {
        for (Node n : graph.nodes()) {
            if (n.id().index() % 1024 == 0) {
                context.checkCancelled();
            }
            w.message(field, node(n));
        }
    }

    /// What the graph declares of values that are neither its inputs nor its outputs.
    private void declarations(WireWriter w, int field, Graph graph) {
        Set<ValueId> ends = new HashSet<>(graph.inputs());
        ends.addAll(graph.outputs());
        declarations(w, field, graph, ends);
    }

    /// A function states the names of its inputs and outputs alone, so types of all its values are declared
    /// here.
    void functionDeclarations(WireWriter w, int field, Graph body) {
        declarations(w, field, body, Set.of());
    }

    private void declarations(WireWriter w, int field, Graph graph, Set<ValueId> ends) {
        for (Value v : graph.values()) {
            boolean says = !(v.declared() instanceof ValueType.UnknownType)
                    || !v.extra().isEmpty();
            if (says && (!ends.contains(v.id()) || DeclaredAgain.isOn(v))) {
                w.extra(Extra.of(declaration(field, names.of(v.id()), v.declared(), v.extra())
                        .toByteArray()));
            }
        }
    }

    private void end(WireWriter w, int field, Graph graph, ValueId id) {
        ValueType type = graph.value(id).map(Value::declared).orElse(ValueType.unknown());
        Extra extra = graph.value(id).map(Value::extra).orElse(Extra.NONE);
        w.extra(Extra.of(declaration(field, names.of(id), type, extra).toByteArray()));
    }

    private WireWriter node(Node node) throws LatheException {
        WireWriter w = new WireWriter();
        node.inputs().forEach(in -> w.string(Proto.NodeField.INPUT, names.of(in)));
        node.outputs().forEach(out -> w.string(Proto.NodeField.OUTPUT, names.of(out)));
        w.text(Proto.NodeField.NAME, node.name()).string(Proto.NodeField.OP_TYPE, node.op());
        AttributeWriter attributes = new AttributeWriter(this, tensors);
        for (Attrs.Entry e : node.attrs().entries()) {
            w.message(Proto.NodeField.ATTRIBUTE, attributes.write(e));
        }
        return w.text(Proto.NodeField.DOMAIN, node.domain())
                .text(Proto.NodeField.OVERLOAD, node.overload())
                .extra(FileForm.unmarkedNode(node.extra()));
    }

    /// A ValueInfoProto as the whole field `number`. The type's original bytes are used while they still say
    /// the same.
    static WireWriter declaration(int number, String name, ValueType type, Extra marked) {
        Extra extra = DeclaredAgain.without(marked);
        WireWriter info = new WireWriter().string(Proto.ValueField.NAME, name);
        Extra original = ExtraScan.only(extra, Proto.ValueField.TYPE, true);
        if (!original.isEmpty() && typeIn(original).equals(type)) {
            info.extra(extra);
        } else {
            if (!(type instanceof ValueType.UnknownType)) {
                info.message(Proto.ValueField.TYPE, TypeWriter.message(type));
            }
            info.extra(ExtraScan.only(extra, Proto.ValueField.TYPE, false));
        }
        return new WireWriter().message(number, info);
    }

    private static ValueType typeIn(Extra field) {
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(field.wire()));
            TypeReader pieces = new TypeReader();
            while (r.next()) {
                pieces.gather(r.message());
            }
            return pieces.type();
        } catch (WireFault f) {
            throw new IllegalStateException("a type that was read before is no longer readable", f);
        }
    }
}
