package dev.lathe.graph.op.training;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A step of Adagrad: 8 operations and a square root per weight.
public final class Adagrad implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.preview.training", "Adagrad", 1)
            .in("R", "T1")
            .in("T", "int64")
            .manyIn("inputs", "")
            .manyOut("outputs", "")
            .attr("decay_factor", 0.0f)
            .attr("epsilon", 0.0f)
            .attr("norm_coefficient", 0.0f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optimizers.infer(c, 3);
    }

    @Override
    public OpCost cost(CostContext c) {
        return Optimizers.cost(c, 3, 12);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
