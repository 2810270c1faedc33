package dev.lathe.graph;

import java.util.List;

/// The value of a node's attribute.
public sealed interface Attr {
    record IntAttr(long value) implements Attr {}

    record FloatAttr(float value) implements Attr {}

    /// Bytes in ONNX; UTF-8 text in practice. Bytes that are not UTF-8 are kept in ISO-8859-1 with `binary`
    /// set.
    record StringAttr(String value, boolean binary) implements Attr {}

    record TensorAttr(Tensor value) implements Attr {}

    record GraphAttr(Graph value) implements Attr {}

    record TypeAttr(ValueType value) implements Attr {}

    record IntsAttr(List<Long> values) implements Attr {
        public IntsAttr {
            values = List.copyOf(values);
        }
    }

    record FloatsAttr(List<Float> values) implements Attr {
        public FloatsAttr {
            values = List.copyOf(values);
        }
    }

    record StringsAttr(List<String> values) implements Attr {
        public StringsAttr {
            values = List.copyOf(values);
        }
    }

    record TensorsAttr(List<Tensor> values) implements Attr {
        public TensorsAttr {
            values = List.copyOf(values);
        }
    }

    record GraphsAttr(List<Graph> values) implements Attr {
        public GraphsAttr {
            values = List.copyOf(values);
        }
    }

    /// Inside a model-local function: the caller's attribute of this name, of ONNX attribute type `type` (its
    /// enum number).
    record RefAttr(String name, int type) implements Attr {}

    /// A kind that we keep but do not interpret (sparse tensors, type lists): the whole AttributeProto in
    /// wire form.
    record OpaqueAttr(Extra wire) implements Attr {}

    static Attr of(long value) {
        return new IntAttr(value);
    }

    static Attr of(float value) {
        return new FloatAttr(value);
    }

    static Attr of(String value) {
        return new StringAttr(value, false);
    }

    static Attr ints(List<Long> values) {
        return new IntsAttr(values);
    }
}
