package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// data + bias, dropped out, + residual: 1 per element and sum; the dropping counts nothing, as in Dropout.
public final class BiasDropout implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "BiasDropout", 1)
            .in("data", "T")
            .in("bias", "T")
            .optIn("residual", "T")
            .optIn("ratio", "T1")
            .optIn("training_mode", "bool")
            .out("output", "T")
            .optOut("mask", "bool")
            .attr("seed", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        c.output(1, c.shape(0));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, c.has(2) ? 2 : 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.RANDOM);
    }
}
