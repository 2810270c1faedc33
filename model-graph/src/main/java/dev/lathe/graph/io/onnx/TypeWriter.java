package dev.lathe.graph.io.onnx;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.Optional;

/// Writes a [ValueType] as TypeProto.
final class TypeWriter {
    private TypeWriter() {}

    /// The type as the whole field `number`.
    static byte[] field(int number, ValueType type) {
        return new WireWriter().message(number, message(type)).toByteArray();
    }

    static WireWriter message(ValueType type) {
        WireWriter w = new WireWriter();
        return switch (type) {
            case ValueType.TensorType(Optional<DType> dtype, Shape shape) ->
                w.message(Proto.TypeField.TENSOR, tensor(dtype, shape));
            case ValueType.SparseTensorType(Optional<DType> dtype, Shape shape) ->
                w.message(Proto.TypeField.SPARSE_TENSOR, tensor(dtype, shape));
            case ValueType.SequenceType(ValueType element) -> w.message(Proto.TypeField.SEQUENCE, element(element));
            case ValueType.OptionalType(ValueType element) -> w.message(Proto.TypeField.OPTIONAL, element(element));
            case ValueType.MapType(DType key, ValueType value) ->
                w.message(
                        Proto.TypeField.MAP,
                        new WireWriter().varint(1, key.onnxCode()).message(2, message(value)));
            case ValueType.UnknownType u -> w;
        };
    }

    private static WireWriter element(ValueType element) {
        return new WireWriter().message(1, message(element));
    }

    private static WireWriter tensor(Optional<DType> dtype, Shape shape) {
        WireWriter w = new WireWriter();
        dtype.ifPresent(d -> w.varint(1, d.onnxCode()));
        if (shape instanceof Shape.Ranked ranked) {
            WireWriter dims = new WireWriter();
            for (Dim d : ranked.dims()) {
                dims.message(1, dim(d));
            }
            w.message(2, dims);
        }
        return w;
    }

    private static WireWriter dim(Dim dim) {
        WireWriter w = new WireWriter();
        return switch (dim) {
            case Dim.Fixed(long size) -> w.varint(Proto.DimField.VALUE, size);
            case Dim.Symbol(String name) -> w.string(Proto.DimField.PARAM, name);
            case Dim.Expr e -> w.string(Proto.DimField.PARAM, e.toString());
            case Dim.Unknown u -> w;
        };
    }
}
