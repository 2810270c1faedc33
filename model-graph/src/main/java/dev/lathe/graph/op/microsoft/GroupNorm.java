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

/// Group normalisation of channels-last data: 8 per element.
public final class GroupNorm implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GroupNorm", 1)
            .in("X", "T")
            .in("gamma", "M")
            .in("beta", "M")
            .out("Y", "T")
            .attr("epsilon", 1e-05f)
            .required("groups", AttrSpec.Kind.INT)
            .required("activation", AttrSpec.Kind.INT)
            .attr("channels_last", 1L)
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
        return CostRules.elementwise(c, 8);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
