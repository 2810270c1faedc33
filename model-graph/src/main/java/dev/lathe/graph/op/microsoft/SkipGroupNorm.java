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

/// The sum of two tensors and a bias, normalised over groups of channels: 10 per element.
public final class SkipGroupNorm implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "SkipGroupNorm", 1)
            .in("X", "T")
            .in("gamma", "M")
            .in("beta", "M")
            .in("skip", "T")
            .optIn("bias", "T")
            .out("Y", "T")
            .optOut("S", "T")
            .required("activation", AttrSpec.Kind.INT)
            .attr("channels_last", 1L)
            .attr("epsilon", 1.0e-5f)
            .required("groups", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.allSameAsInput(c);
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
