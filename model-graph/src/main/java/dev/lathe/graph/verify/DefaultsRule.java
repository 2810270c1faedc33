package dev.lathe.graph.verify;

import dev.lathe.core.Place;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import java.util.List;

/// An input that has a constant as its default is declared as what that is; and no input is declared with a size below
/// 0, other than -1, which exporters write for an open one.
final class DefaultsRule implements Rule {
    @Override
    public void check(Subject s) {
        s.model().graph().forEachGraph(g -> graph(s, g));
    }

    private static void graph(Subject s, Graph graph) {
        graph.inputs()
                .forEach(id -> graph.value(id).ifPresent(v -> {
                    graph.initializer(id).ifPresent(tensor -> sameType(s, v.name(), tensor, v.declared()));
                    if (v.declared().shape() instanceof Shape.Ranked(List<Dim> dims)
                            && dims.stream().anyMatch(d -> d instanceof Dim.Fixed(long n) && n < -1)) {
                        s.warning(
                                "size-negative",
                                "the input is declared with a size below 0: "
                                        + v.declared().shape(),
                                new Place.AtValue(v.name()));
                    }
                }));
    }

    private static void sameType(Subject s, String name, Tensor tensor, ValueType declared) {
        if (declared.dtype().filter(d -> d != tensor.dtype()).isPresent()) {
            s.error(
                    "constant-type",
                    "the input is declared as " + declared.dtype().get().text() + ", its constant is "
                            + tensor.dtype().text(),
                    new Place.AtValue(name));
        }
        if (declared.shape() instanceof Shape.Ranked(List<Dim> dims) && !fits(tensor.dims(), dims)) {
            s.error(
                    "constant-shape",
                    "the input is declared with shape " + declared.shape() + ", its constant has " + tensor.dims(),
                    new Place.AtValue(name));
        }
    }

    private static boolean fits(List<Long> actual, List<Dim> declared) {
        boolean fits = actual.size() == declared.size();
        for (int i = 0; fits && i < actual.size(); i++) {
            fits = !(declared.get(i) instanceof Dim.Fixed(long n)) || n < 0 || n == actual.get(i);
        }
        return fits;
    }
}
