package dev.lathe.graph.edit;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.List;
import java.util.Optional;

/// Tells types that exclude each other: of another kind, element type, rank or fixed size.
final class Contradiction {
    private Contradiction() {}

    /// Whether one value cannot be of both types.
    static boolean between(ValueType found, ValueType declared) {
        if (found instanceof ValueType.UnknownType || declared instanceof ValueType.UnknownType) {
            return false;
        }
        if (!(found instanceof ValueType.TensorType(Optional<DType> dtype, Shape shape))
                || !(declared instanceof ValueType.TensorType(Optional<DType> other, Shape told))) {
            return found.getClass() != declared.getClass();
        }
        if (dtype.isPresent() && other.isPresent() && !dtype.equals(other)) {
            return true;
        }
        if (!(shape instanceof Shape.Ranked(List<Dim> dims)) || !(told instanceof Shape.Ranked(List<Dim> sizes))) {
            return false;
        }
        boolean differs = dims.size() != sizes.size();
        for (int i = 0; i < Math.min(dims.size(), sizes.size()); i++) {
            differs |= dims.get(i) instanceof Dim.Fixed
                    && sizes.get(i) instanceof Dim.Fixed
                    && !dims.get(i).equals(sizes.get(i));
        }
        return differs;
    }
}
