package dev.lathe.graph.io.onnx;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.io.onnx.Proto.AttributeField;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes one attribute as AttributeProto.
final class AttributeWriter {
    private final GraphWriter graphs;
    private final TensorWriter tensors;

    AttributeWriter(GraphWriter graphs, TensorWriter tensors) {
        this.graphs = graphs;
        this.tensors = tensors;
    }

    WireWriter write(Attrs.Entry entry) throws LatheException {
        WireWriter w = new WireWriter();
        if (entry.value() instanceof Attr.OpaqueAttr(Extra wire)) {
            return w.extra(wire);
        }
        w.string(AttributeField.NAME, entry.name());
        int type = switch (entry.value()) {
            case Attr.FloatAttr(float v) -> {
                w.float32(AttributeField.F, v);
                yield AttributeField.TYPE_FLOAT;
            }
            case Attr.IntAttr(long v) -> {
                w.varint(AttributeField.I, v);
                yield AttributeField.TYPE_INT;
            }
            case Attr.StringAttr(String v, boolean binary) -> {
                w.bytes(AttributeField.S, v.getBytes(binary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
                yield AttributeField.TYPE_STRING;
            }
            case Attr.TensorAttr(Tensor t) -> {
                w.message(AttributeField.T, tensors.attribute(entry.name(), t));
                yield AttributeField.TYPE_TENSOR;
            }
            case Attr.GraphAttr(Graph g) -> {
                w.message(AttributeField.G, graphs.write(g));
                yield AttributeField.TYPE_GRAPH;
            }
            case Attr.TypeAttr(ValueType t) -> {
                w.message(AttributeField.TP, TypeWriter.message(t));
                yield AttributeField.TYPE_TYPE_PROTO;
            }
            case Attr.IntsAttr(List<Long> v) -> {
                v.forEach(i -> w.varint(AttributeField.INTS, i));
                yield AttributeField.TYPE_INTS;
            }
            case Attr.FloatsAttr(List<Float> v) -> {
                v.forEach(f -> w.float32(AttributeField.FLOATS, f));
                yield AttributeField.TYPE_FLOATS;
            }
            case Attr.StringsAttr(List<String> v) -> {
                v.forEach(s -> w.string(AttributeField.STRINGS, s));
                yield AttributeField.TYPE_STRINGS;
            }
            case Attr.TensorsAttr(List<Tensor> v) -> {
                for (Tensor t : v) {
                    w.message(AttributeField.TENSORS, tensors.attribute(entry.name(), t));
                }
                yield AttributeField.TYPE_TENSORS;
            }
            case Attr.GraphsAttr(List<Graph> v) -> {
                for (Graph g : v) {
                    w.message(AttributeField.GRAPHS, graphs.write(g));
                }
                yield AttributeField.TYPE_GRAPHS;
            }
            case Attr.RefAttr(String name, int refType) -> {
                w.string(AttributeField.REF, name);
                yield refType;
            }
            case Attr.OpaqueAttr o -> 0;
        };
        return w.varint(AttributeField.TYPE, type).extra(FileForm.unmarkedAttribute(entry.extra()));
    }
}
