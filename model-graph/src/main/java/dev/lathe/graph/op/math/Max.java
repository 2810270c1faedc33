package dev.lathe.graph.op.math;

import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// The largest of all inputs, broadcast.
public final class Max implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Max", 1, 6, 8, 12, 13)
            .manyIn("data_0", "T")
            .out("max", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.inputs() == 2) {
            Broadcast.fold(c, DimMath::max, Math::max);
        } else {
            Broadcast.all(c);
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, Math.max(1, c.node().inputs().size() - 1));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
