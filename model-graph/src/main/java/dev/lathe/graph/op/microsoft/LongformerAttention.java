package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Self-attention of each token with those near it and with the few that are marked as global, [batch, sequence,
/// hidden]. How many are marked, only the data tells, and so the cost is unknown.
public final class LongformerAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "LongformerAttention", 1)
            .in("input", "T")
            .in("weight", "T")
            .in("bias", "T")
            .in("mask", "T")
            .in("global_weight", "T")
            .in("global_bias", "T")
            .in("global", "int32")
            .out("output", "T")
            .required("num_heads", AttrSpec.Kind.INT)
            .required("window", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
