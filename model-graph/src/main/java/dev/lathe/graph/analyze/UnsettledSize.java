package dev.lathe.graph.analyze;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodePlace;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A tensor whose size the sizes of the inputs do not settle, and the node that makes it so: NonZero, for example,
/// gives as much as there is in the data.
public record UnsettledSize(NodePlace place, ValueId tensor, ValueType type) {

    /// The first such tensors on every way: those that merely follow from others are left out. In execution order,
    /// bodies before the node that runs them.
    public static List<UnsettledSize> of(Model model, Inference types) {
        Set<String> settled = new HashSet<>();
        model.graph().forEachGraph(g -> g.inputs().forEach(i -> settled.addAll(names(types.type(i)))));
        List<UnsettledSize> made = new ArrayList<>();
        for (NodePlace p : NodePlace.all(model.graph())) {
            boolean known = uses(p.node()).stream().allMatch(v -> known(types.type(v)));
            for (ValueId o : p.node().outputs()) {
                ValueType type = types.type(o);
                // A size of its own gets a name of its own.
                boolean named = settled.addAll(names(type));
                if (o.isPresent() && (named || known && !known(type))) {
                    made.add(new UnsettledSize(p, o, type));
                }
            }
        }
        return List.copyOf(made);
    }

    /// Inputs, and what the bodies give.
    private static List<ValueId> uses(Node n) {
        List<ValueId> all =
                new ArrayList<>(n.inputs().stream().filter(ValueId::isPresent).toList());
        for (Graph body : n.subgraphs()) {
            all.addAll(body.outputs());
        }
        return all;
    }

    private static boolean known(ValueType type) {
        return switch (type) {
            case ValueType.UnknownType u -> false;
            case ValueType.TensorType t ->
                t.shape() instanceof Shape.Ranked(List<Dim> dims)
                        && dims.stream().noneMatch(d -> d instanceof Dim.Unknown);
            // Their elements are looked at where they are taken out.
            case ValueType.SequenceType s -> true;
            case ValueType.OptionalType o -> true;
            case ValueType.MapType m -> true;
            case ValueType.SparseTensorType s -> true;
        };
    }

    private static Set<String> names(ValueType type) {
        Set<String> names = new HashSet<>();
        Types.forEachDim(type, d -> DimTerms.names(d, names::add));
        return names;
    }
}
