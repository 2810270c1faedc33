package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.ValueType;
import java.util.List;
import java.util.Optional;

/// What inference knows about a value: its type and, for small tensors of whole numbers whose shape is fixed,
/// the elements in row-major order, each fixed, symbolic or unknown. That is how a shape computed by the graph
/// itself is followed.
public record Known(ValueType type, Optional<List<Dim>> elements) {
    public static final Known NOTHING = new Known(ValueType.unknown(), Optional.empty());

    /// Whether this is a list without elements: `elements` of a list are only ever known to be none.
    public boolean isEmptyList() {
        return type instanceof ValueType.SequenceType
                && elements.filter(List::isEmpty).isPresent();
    }

    public static Known of(ValueType type) {
        return new Known(type, Optional.empty());
    }
}
