package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// x · Φ(x) with tanh, a bias added before: 10 per element.
public final class FastGelu implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "FastGelu", 1)
            .in("X", "T")
            .optIn("bias", "T")
            .out("Y", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        Sizes.atRun(c).shape(1, Sizes.of(c, 0, -1));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 10);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
