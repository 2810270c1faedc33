package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// x · Φ(x), with tanh, of a matrix product and a bias: 10 per element beside the product.
public final class GemmFastGelu implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GemmFastGelu", 1)
            .in("X", "T")
            .in("W", "T")
            .optIn("bias", "T")
            .out("Y", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.matmul(c, 0, 1);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.matmul(c, 0).plus(CostRules.elementwise(c, 10));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
