package dev.lathe.graph.verify;

import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueType;
import java.util.Optional;

/// A tensor that is declared is declared with an element type that there is: ONNX Runtime finds out what is not
/// declared at all, but refuses the type 0, which the standard's checker takes. What nothing in a graph makes or uses
/// does not matter.
final class ElementsDeclaredRule implements Rule {
    @Override
    public void check(Subject s) {
        s.model().graph().forEachGraph(g -> graph(s, g));
    }

    private static void graph(Subject s, Graph graph) {
        for (Value v : graph.values()) {
            if (lacksElements(v.declared()) && matters(graph, v)) {
                s.error(
                        "type-missing",
                        "it is declared as " + v.declared() + ", without an element type that there is",
                        new Place.AtValue(v.name()));
            }
        }
    }

    private static boolean lacksElements(ValueType type) {
        return switch (type) {
            case ValueType.TensorType(Optional<DType> dtype, Shape shape) -> dtype.isEmpty();
            case ValueType.SparseTensorType(Optional<DType> dtype, Shape shape) -> dtype.isEmpty();
            case ValueType.SequenceType(ValueType element) -> lacksElements(element);
            case ValueType.OptionalType(ValueType element) -> lacksElements(element);
            case ValueType.MapType(DType key, ValueType value) -> lacksElements(value);
            case ValueType.UnknownType unknown -> false;
        };
    }

    private static boolean matters(Graph graph, Value v) {
        return graph.isInput(v.id())
                || graph.isOutput(v.id())
                || graph.producer(v.id()).isPresent()
                || !graph.consumers(v.id()).isEmpty();
    }
}
