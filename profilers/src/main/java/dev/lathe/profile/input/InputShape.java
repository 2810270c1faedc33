package dev.lathe.profile.input;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.InputTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The dimensions of a model's inputs with a name for every open one: those that the file leaves unnamed are
/// called `<input>_d<axis>`, as the analysis calls them.
public final class InputShape {
    private InputShape() {}

    /// An input's dimensions; empty when not even its rank is known.
    public static Optional<List<Dim>> named(Value input) {
        return InputTypes.named(input).shape() instanceof Shape.Ranked(List<Dim> dims)
                ? Optional.of(dims)
                : Optional.empty();
    }

    /// The inputs that a caller must give.
    public static List<Value> required(Graph graph) {
        return graph.requiredInputs().stream()
                .map((ValueId id) -> graph.value(id))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The size of `dim` under these bindings; empty when one of its names is not bound.
    public static Optional<Long> size(Dim dim, Map<String, Long> bindings) {
        return switch (dim) {
            case Dim.Fixed f -> Optional.of(f.size());
            case Dim.Symbol s -> Optional.ofNullable(bindings.get(s.name()));
            case Dim.Unknown u -> Optional.empty();
            case Dim.Expr e -> {
                Optional<Long> a = size(e.left(), bindings);
                Optional<Long> b = size(e.right(), bindings);
                yield a.isEmpty() || b.isEmpty() ? Optional.empty() : apply(e.op(), a.get(), b.get());
            }
        };
    }

    private static Optional<Long> apply(Dim.Op op, long a, long b) {
        return switch (op) {
            case ADD -> Optional.of(a + b);
            case MUL -> Optional.of(a * b);
            case FLOOR_DIV -> b == 0 ? Optional.empty() : Optional.of(Math.floorDiv(a, b));
            case CEIL_DIV -> b == 0 ? Optional.empty() : Optional.of(Math.ceilDiv(a, b));
            case MOD -> b == 0 ? Optional.empty() : Optional.of(Math.floorMod(a, b));
            case MIN -> Optional.of(Math.min(a, b));
            case MAX -> Optional.of(Math.max(a, b));
        };
    }
}
