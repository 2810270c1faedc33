package dev.lathe.graph.op.math;

import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// The mean of all inputs, broadcast.
public final class Mean implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Mean", 1, 6, 8, 13)
            .manyIn("data_0", "T")
            .out("mean", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Broadcast.all(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, c.node().inputs().size());
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
