package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Operators that do nothing in inference and something in training, which their third input decides (of Dropout from
/// version 12 on; before, no runtime trains with it).
public final class Training {
    private static final int MODE = 2;

    private Training() {}

    /// Whether a node may be one that trains: it is told to, or nobody knows before it runs.
    public static boolean mayBe(Node node, Function<ValueId, Optional<List<Dim>>> elements) {
        ValueId mode = node.input(MODE);
        return mode.isPresent() && !elements.apply(mode).equals(Optional.of(List.of(Dim.of(0))));
    }

    /// What it costs to zero elements at random: a comparison and a product for each. In inference the data is only
    /// handed on, and a mask is written where one is asked for.
    public static OpCost dropout(CostContext c) {
        if (mayBe(c.node(), c::elements)) {
            return CostRules.elementwise(c, 2);
        }
        return c.node().output(1).isPresent()
                ? OpCost.FREE.reading(Dim.of(0)).writing(CostContext.bytes(c.output(1)))
                : CostRules.view(c);
    }
}
