package dev.lathe.graph.analyze;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;

/// What an If declares of its outputs, beside what its branches compute.
final class Branches {
    private Branches() {}

    /// The declared type without the sizes on which the branches disagree: these the exporter took from the branch that
    /// ran when it looked.
    static ValueType withoutGuesses(Node node, int output, ValueType declared, Scope scope) {
        // Where only one of them can run, the exporter saw that one.
        if (!node.op().equals("If")
                || scope.only(node.id()).isPresent()
                || !(declared.shape() instanceof Shape.Ranked(List<Dim> dims))) {
            return declared;
        }
        List<List<Dim>> computed = new ArrayList<>();
        for (Graph branch : node.subgraphs()) {
            if (output < branch.outputs().size()
                    && scope.known(branch.outputs().get(output)).type().shape() instanceof Shape.Ranked(List<Dim> d)) {
                computed.add(d);
            }
        }
        if (computed.size() < 2) {
            return declared;
        }
        if (computed.stream().map(List::size).distinct().count() > 1) {
            return new ValueType.TensorType(declared.dtype(), Shape.unranked());
        }
        List<Dim> kept = new ArrayList<>(dims);
        for (int axis = 0; axis < dims.size() && axis < computed.getFirst().size(); axis++) {
            int at = axis;
            if (computed.stream()
                            .map(d -> d.get(at))
                            .filter(d -> !(d instanceof Dim.Unknown))
                            .distinct()
                            .count()
                    > 1) {
                kept.set(axis, Dim.unknown());
            }
        }
        return new ValueType.TensorType(declared.dtype(), Shape.of(kept));
    }
}
