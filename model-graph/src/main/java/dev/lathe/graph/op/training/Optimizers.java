package dev.lathe.graph.op.training;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;

/// Steps of optimizers over several weights at once: inputs are a rate, a count, and then `parts` groups of as many
/// tensors each, the weights, their gradients, and what the optimizer keeps of them. Outputs are the groups without
/// the gradients.
final class Optimizers {
    private static final int BEFORE = 2;

    private Optimizers() {}

    static void infer(InferContext c, int parts) {
        int weights = (c.inputs() - BEFORE) / parts;
        for (int i = 0; i < c.outputs() && weights > 0; i++) {
            c.output(i, c.type(BEFORE + i % weights));
        }
    }

    /// @param perElement FLOPs for each element of a weight
    static OpCost cost(CostContext c, int parts, int perElement) {
        int weights = (c.node().inputs().size() - BEFORE) / parts;
        Dim elements = weights > 0 ? Dim.of(0) : Dim.unknown();
        for (int i = 0; i < weights; i++) {
            elements = DimMath.add(elements, c.inputCount(BEFORE + i));
        }
        return OpCost.ofFlops(DimMath.mul(elements, perElement));
    }
}
