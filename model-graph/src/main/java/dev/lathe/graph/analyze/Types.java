package dev.lathe.graph.analyze;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Ways to put two types of one value together.
public final class Types {
    private Types() {}

    /// With every dimension changed; the same instance when none does.
    public static ValueType mapDims(ValueType type, UnaryOperator<Dim> change) {
        return mapShapes(type, s -> mapDims(s, change));
    }

    /// With every shape changed, also those of what lists hold; the same instance when none is.
    static ValueType mapShapes(ValueType type, UnaryOperator<Shape> change) {
        return switch (type) {
            case ValueType.TensorType t -> {
                Shape s = change.apply(t.shape());
                yield s == t.shape() ? t : new ValueType.TensorType(t.dtype(), s);
            }
            case ValueType.SparseTensorType t -> {
                Shape s = change.apply(t.shape());
                yield s == t.shape() ? t : new ValueType.SparseTensorType(t.dtype(), s);
            }
            case ValueType.SequenceType(ValueType e) -> {
                ValueType mapped = mapShapes(e, change);
                yield mapped == e ? type : new ValueType.SequenceType(mapped);
            }
            case ValueType.OptionalType(ValueType e) -> {
                ValueType mapped = mapShapes(e, change);
                yield mapped == e ? type : new ValueType.OptionalType(mapped);
            }
            case ValueType.MapType(DType key, ValueType e) -> {
                ValueType mapped = mapShapes(e, change);
                yield mapped == e ? type : new ValueType.MapType(key, mapped);
            }
            case ValueType.UnknownType u -> u;
        };
    }

    /// Visits every dimension of a type, also those of what lists hold.
    public static void forEachDim(ValueType type, Consumer<Dim> visit) {
        switch (type) {
            case ValueType.TensorType t -> forEachDim(t.shape(), visit);
            case ValueType.SparseTensorType t -> forEachDim(t.shape(), visit);
            case ValueType.SequenceType s -> forEachDim(s.element(), visit);
            case ValueType.OptionalType o -> forEachDim(o.element(), visit);
            case ValueType.MapType m -> forEachDim(m.value(), visit);
            case ValueType.UnknownType u -> {}
        }
    }

    private static void forEachDim(Shape shape, Consumer<Dim> visit) {
        if (shape instanceof Shape.Ranked(List<Dim> dims)) {
            dims.forEach(visit);
        }
    }

    /// The same of a shape.
    static Shape mapDims(Shape shape, UnaryOperator<Dim> change) {
        if (!(shape instanceof Shape.Ranked(List<Dim> dims))) {
            return shape;
        }
        for (int i = 0; i < dims.size(); i++) {
            Dim next = change.apply(dims.get(i));
            if (next != dims.get(i)) {
                List<Dim> out = new ArrayList<>(dims.subList(0, i));
                out.add(next);
                dims.subList(i + 1, dims.size()).forEach(d -> out.add(change.apply(d)));
                return Shape.of(out);
            }
        }
        return shape;
    }

    /// What two types differ in.
    enum Clash {
        TYPE,
        SHAPE
    }

    static ValueType merge(ValueType inferred, ValueType declared) {
        return merge(inferred, declared, (sentence, what) -> {});
    }

    /// What the graph computes, filled up from what the file declares. Inference wins where both know; two
    /// different facts go to `clash` as a sentence.
    static ValueType merge(ValueType inferred, ValueType declared, BiConsumer<String, Clash> clash) {
        if (declared instanceof ValueType.UnknownType || inferred.equals(declared)) {
            return inferred;
        }
        if (inferred instanceof ValueType.UnknownType) {
            return declared;
        }
        if (!(inferred instanceof ValueType.TensorType(Optional<DType> dtype, Shape shape))
                || !(declared instanceof ValueType.TensorType(Optional<DType> otherDtype, Shape otherShape))) {
            if (inferred.getClass() == declared.getClass()) {
                if (!element(inferred).equals(element(declared))
                        && element(inferred).isPresent()
                        && element(declared).isPresent()) {
                    clash.accept("is declared as " + declared + " but computed as " + inferred, Clash.TYPE);
                }
                return fuller(inferred, declared);
            }
            clash.accept("is declared as " + declared + " but computed as " + inferred, Clash.TYPE);
            return inferred;
        }
        if (dtype.isPresent() && otherDtype.isPresent() && !dtype.equals(otherDtype)) {
            clash.accept(
                    "is declared as " + otherDtype.get().text() + " but computed as "
                            + dtype.get().text(),
                    Clash.TYPE);
        }
        return new ValueType.TensorType(dtype.or(() -> otherDtype), merge(shape, otherShape, clash));
    }

    private static Optional<DType> element(ValueType type) {
        return switch (type) {
            case ValueType.SequenceType(ValueType each) -> element(each);
            case ValueType.OptionalType(ValueType each) -> element(each);
            case ValueType.TensorType t -> t.dtype();
            case ValueType.SparseTensorType t -> t.dtype();
            case ValueType.MapType m -> Optional.empty();
            case ValueType.UnknownType u -> Optional.empty();
        };
    }

    /// Shapes that are declared for the elements of a list are not used: exporters write one for lists of many.
    private static ValueType fuller(ValueType inferred, ValueType declared) {
        return inferred instanceof ValueType.SequenceType(ValueType e) && e instanceof ValueType.UnknownType
                ? declared
                : inferred;
    }

    private static Shape merge(Shape inferred, Shape declared, BiConsumer<String, Clash> clash) {
        if (!(inferred instanceof Shape.Ranked(List<Dim> a))) {
            return declared;
        }
        if (!(declared instanceof Shape.Ranked(List<Dim> b))) {
            return inferred;
        }
        if (a.size() != b.size()) {
            clash.accept("is declared with shape " + declared + " but computed with " + inferred, Clash.SHAPE);
            return inferred;
        }
        List<Dim> out = new ArrayList<>(a.size());
        boolean clashed = false;
        for (int i = 0; i < a.size(); i++) {
            boolean differ = a.get(i) instanceof Dim.Fixed
                    && b.get(i) instanceof Dim.Fixed
                    && !a.get(i).equals(b.get(i));
            if (differ && !clashed) {
                clash.accept("is declared with shape " + declared + " but computed with " + inferred, Clash.SHAPE);
                clashed = true;
            }
            out.add(a.get(i) instanceof Dim.Unknown ? b.get(i) : a.get(i));
        }
        return Shape.of(out);
    }
}
