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

/// Root-mean-square normalization over groups of as many elements as the scale has, times SiLU of a gate: 10 per
/// element, 4 and 5 and the product.
public final class GatedRMSNorm implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GatedRMSNorm", 1)
            .in("X", "T")
            .in("scale", "T")
            .in("gate", "T")
            .out("Y", "T")
            .attr("epsilon", 1.0e-5f)
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
        return CostRules.elementwise(c, 10);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
