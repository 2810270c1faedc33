package dev.lathe.graph.op.training;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A step of Adam: 14 operations and a square root per weight.
public final class Adam implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.preview.training", "Adam", 1)
            .in("R", "T1")
            .in("T", "int64")
            .manyIn("inputs", "")
            .manyOut("outputs", "")
            .attr("alpha", 0.9f)
            .attr("beta", 0.999f)
            .attr("epsilon", 0.0f)
            .attr("norm_coefficient", 0.0f)
            .attr("norm_coefficient_post", 0.0f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optimizers.infer(c, 4);
    }

    @Override
    public OpCost cost(CostContext c) {
        return Optimizers.cost(c, 4, 18);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
