package dev.lathe.graph.edit;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.analyze.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What the named dimensions of a model mean once it stands behind another: those of a connected input are
/// the sizes of the output that it takes; others that only share a name with the first model get one of
/// their own.
final class JoinedDims implements UnaryOperator<ValueType> {
    private final Map<String, Dim> meant = new HashMap<>();
    private final FreshNames names;

    /// @param connections which output of the first each connected input of the second takes
    /// @param types of the first
    JoinedDims(Graph first, Graph second, Map<ValueId, ValueId> connections, Inference types) {
        names = new FreshNames(symbols(first), symbols(second));
        connections.forEach((input, output) -> second.value(input)
                .ifPresent(v -> equal(v.declared().shape(), types.type(output).shape())));
    }

    private void equal(Shape input, Shape output) {
        if (!(input instanceof Shape.Ranked(List<Dim> asked)) || !(output instanceof Shape.Ranked(List<Dim> given))) {
            return;
        }
        for (int i = 0; i < Math.min(asked.size(), given.size()); i++) {
            if (asked.get(i) instanceof Dim.Symbol(String name) && !(given.get(i) instanceof Dim.Unknown)) {
                meant.putIfAbsent(name, given.get(i));
            }
        }
    }

    private static Set<String> symbols(Graph graph) {
        Set<String> names = new HashSet<>();
        graph.forEachGraph(g ->
                g.values().forEach(v -> Types.forEachDim(v.declared(), d -> DimTerms.names(d, names::add))));
        return names;
    }

    @Override
    public ValueType apply(ValueType declared) {
        return Types.mapDims(
                declared,
                dim -> DimMath.substitute(
                        dim, name -> Optional.of(meant.getOrDefault(name, Dim.symbol(names.apply(name))))));
    }
}
