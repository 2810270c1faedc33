package dev.lathe.graph.op.math;

import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Folds;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// X where the condition holds, else Y, all broadcast.
public final class Where implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Where", 9, 16)
            .in("condition", "bool")
            .in("X", "T")
            .in("Y", "T")
            .out("output", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, Broadcast.of(c, Broadcast.of(c, c.shape(0), c.shape(1)), c.shape(2)));
        Folds.where(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.CONSTANT_FOLDABLE);
    }
}
