package dev.lathe.graph.op.training;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A step of stochastic gradient descent with momentum: 8 operations per weight.
public final class Momentum implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.preview.training", "Momentum", 1)
            .in("R", "T1")
            .in("T", "int64")
            .manyIn("inputs", "")
            .manyOut("outputs", "")
            .required("alpha", AttrSpec.Kind.FLOAT)
            .required("beta", AttrSpec.Kind.FLOAT)
            .required("mode", AttrSpec.Kind.STRING)
            .required("norm_coefficient", AttrSpec.Kind.FLOAT)
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
        return Optimizers.cost(c, 3, 8);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
