package dev.lathe.graph.text;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.Optional;
import java.util.StringJoiner;

/// A value's type as text, `float32[batch, 3, ?]`.
final class TypePrinter {
    private TypePrinter() {}

    static String print(ValueType type) {
        return switch (type) {
            case ValueType.TensorType(Optional<DType> dtype, Shape shape) -> tensor(dtype, shape);
            case ValueType.SparseTensorType(Optional<DType> dtype, Shape shape) -> "sparse " + tensor(dtype, shape);
            case ValueType.SequenceType(ValueType e) -> "seq(" + print(e) + ")";
            case ValueType.OptionalType(ValueType e) -> "optional(" + print(e) + ")";
            case ValueType.MapType(DType key, ValueType v) -> "map(" + key.text() + ", " + print(v) + ")";
            case ValueType.UnknownType u -> "?";
        };
    }

    private static String tensor(Optional<DType> dtype, Shape shape) {
        return dtype.map(DType::text).orElse("?") + shape(shape);
    }

    private static String shape(Shape shape) {
        return switch (shape) {
            case Shape.Unranked u -> "[...]";
            case Shape.Ranked r -> {
                StringJoiner all = new StringJoiner(", ", "[", "]");
                r.dims().forEach(d -> all.add(dim(d)));
                yield all.toString();
            }
        };
    }

    private static String dim(Dim dim) {
        return switch (dim) {
            case Dim.Fixed(long size) -> Long.toString(size);
            case Dim.Symbol(String name) -> Words.name(name);
            case Dim.Unknown u -> "?";
            // As in a file, an expression is a name that shows what it is.
            case Dim.Expr e -> Words.name(e.toString());
        };
    }
}
