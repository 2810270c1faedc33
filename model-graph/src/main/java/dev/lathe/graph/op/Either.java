package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is true of a type that is one of two. A type that nobody knows may have any shape, so the two agree on none.
public final class Either {
    private Either() {}

    /// Of one value, by two ways: these have the same kind and element type, so the one that is known tells it for
    /// both; and what one way is there and may be missing the other is optional.
    public static ValueType of(ValueType a, ValueType b) {
        if (a instanceof ValueType.UnknownType) {
            return ofKind(b);
        }
        if (b instanceof ValueType.UnknownType) {
            return ofKind(a);
        }
        if (a instanceof ValueType.OptionalType(ValueType x)) {
            return new ValueType.OptionalType(of(x, b instanceof ValueType.OptionalType(ValueType y) ? y : b));
        }
        if (b instanceof ValueType.OptionalType(ValueType y)) {
            return new ValueType.OptionalType(of(a, y));
        }
        if (a instanceof ValueType.SequenceType(ValueType x) && b instanceof ValueType.SequenceType(ValueType y)) {
            return new ValueType.SequenceType(of(x, y));
        }
        return ofAny(a, b);
    }

    /// Of two values that need not have anything in common.
    public static ValueType ofAny(ValueType a, ValueType b) {
        if (a.equals(b)) {
            return a;
        }
        return switch (a) {
            case ValueType.TensorType(Optional<DType> d, Shape s) ->
                b instanceof ValueType.TensorType(Optional<DType> e, Shape t)
                        ? new ValueType.TensorType(common(d, e), common(s, t))
                        : ValueType.unknown();
            case ValueType.SparseTensorType(Optional<DType> d, Shape s) ->
                b instanceof ValueType.SparseTensorType(Optional<DType> e, Shape t)
                        ? new ValueType.SparseTensorType(common(d, e), common(s, t))
                        : ValueType.unknown();
            case ValueType.SequenceType(ValueType x) ->
                b instanceof ValueType.SequenceType(ValueType y)
                        ? new ValueType.SequenceType(ofAny(x, y))
                        : ValueType.unknown();
            case ValueType.OptionalType(ValueType x) ->
                b instanceof ValueType.OptionalType(ValueType y)
                        ? new ValueType.OptionalType(ofAny(x, y))
                        : ValueType.unknown();
            case ValueType.MapType(DType k, ValueType x) ->
                b instanceof ValueType.MapType(DType l, ValueType y) && k == l
                        ? new ValueType.MapType(k, ofAny(x, y))
                        : ValueType.unknown();
            case ValueType.UnknownType u -> u;
        };
    }

    /// The type without all shapes in it.
    static ValueType ofKind(ValueType type) {
        return switch (type) {
            case ValueType.TensorType t -> new ValueType.TensorType(t.dtype(), Shape.unranked());
            case ValueType.SparseTensorType t -> new ValueType.SparseTensorType(t.dtype(), Shape.unranked());
            case ValueType.SequenceType(ValueType e) -> new ValueType.SequenceType(ofKind(e));
            case ValueType.OptionalType(ValueType e) -> new ValueType.OptionalType(ofKind(e));
            case ValueType.MapType(DType key, ValueType v) -> new ValueType.MapType(key, ofKind(v));
            case ValueType.UnknownType u -> u;
        };
    }

    private static Optional<DType> common(Optional<DType> a, Optional<DType> b) {
        return a.equals(b) ? a : Optional.empty();
    }

    private static Shape common(Shape a, Shape b) {
        if (!(a instanceof Shape.Ranked(List<Dim> x))
                || !(b instanceof Shape.Ranked(List<Dim> y))
                || x.size() != y.size()) {
            return Shape.unranked();
        }
        List<Dim> out = new ArrayList<>(x.size());
        for (int i = 0; i < x.size(); i++) {
            out.add(DimMath.same(x.get(i), y.get(i)) ? x.get(i) : Dim.unknown());
        }
        return Shape.of(out);
    }
}
