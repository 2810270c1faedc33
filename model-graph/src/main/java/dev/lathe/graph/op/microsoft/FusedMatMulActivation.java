package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// An activation of α·A·B with perhaps transposed operands: 4 per element beside the product.
public final class FusedMatMulActivation implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "FusedMatMulActivation", 1)
            .in("A", "T")
            .in("B", "T")
            .out("Y", "T")
            .required("activation", AttrSpec.Kind.STRING)
            .attr("activation_alpha", AttrSpec.Kind.FLOAT)
            .attr("activation_axis", AttrSpec.Kind.INT)
            .attr("activation_beta", AttrSpec.Kind.FLOAT)
            .attr("activation_gamma", AttrSpec.Kind.FLOAT)
            .attr("alpha", 1.0f)
            .attr("transA", 0L)
            .attr("transB", 0L)
            .attr("transBatchA", 0L)
            .attr("transBatchB", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        FusedMatMul.product(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return FusedMatMul.products(c).plus(CostRules.elementwise(c, CostRules.TRANSCENDENTAL));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
