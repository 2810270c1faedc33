package dev.lathe.graph.conformance;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.List;

/// How an inferred type stands to a declared one.
enum Fit {
    EQUAL,
    /// The inferred type says more: a number for a name, a shape for none.
    MORE,
    LESS,
    CONTRADICTS;

    static Fit of(ValueType declared, ValueType inferred) {
        if (declared.equals(inferred) || declared instanceof ValueType.UnknownType) {
            return declared.equals(inferred) ? EQUAL : MORE;
        }
        if (inferred instanceof ValueType.UnknownType) {
            return LESS;
        }
        if (declared instanceof ValueType.TensorType d && inferred instanceof ValueType.TensorType i) {
            if (d.dtype().isPresent() && i.dtype().isPresent() && !d.dtype().equals(i.dtype())) {
                return CONTRADICTS;
            }
            return both(d.dtype().isPresent() && i.dtype().isEmpty() ? LESS : EQUAL, shapes(d.shape(), i.shape()));
        }
        if (declared instanceof ValueType.SequenceType(ValueType d)
                && inferred instanceof ValueType.SequenceType(ValueType i)) {
            return of(d, i);
        }
        if (declared instanceof ValueType.OptionalType(ValueType d)
                && inferred instanceof ValueType.OptionalType(ValueType i)) {
            return of(d, i);
        }
        return CONTRADICTS;
    }

    private static Fit shapes(Shape declared, Shape inferred) {
        if (!(declared instanceof Shape.Ranked(List<Dim> d))) {
            return inferred instanceof Shape.Ranked ? MORE : EQUAL;
        }
        if (!(inferred instanceof Shape.Ranked(List<Dim> i))) {
            return LESS;
        }
        if (d.size() != i.size()) {
            return CONTRADICTS;
        }
        Fit all = EQUAL;
        for (int k = 0; k < d.size(); k++) {
            all = both(all, dims(d.get(k), i.get(k)));
        }
        return all;
    }

    private static Fit dims(Dim declared, Dim inferred) {
        if (declared.equals(inferred)) {
            return EQUAL;
        }
        if (declared instanceof Dim.Fixed) {
            return inferred instanceof Dim.Fixed ? CONTRADICTS : LESS;
        }
        // Names are the exporter's; a number or a formula for one says more, nothing for a name says less.
        return inferred instanceof Dim.Unknown ? LESS : MORE;
    }

    private static Fit both(Fit a, Fit b) {
        return a == CONTRADICTS || b == CONTRADICTS
                ? CONTRADICTS
                : a == LESS || b == LESS ? LESS : a == MORE || b == MORE ? MORE : EQUAL;
    }
}
