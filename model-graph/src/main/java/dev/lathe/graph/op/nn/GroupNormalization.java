package dev.lathe.graph.op.nn;

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

/// Normalisation by the statistics of groups of channels: 8 per element.
public final class GroupNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("GroupNormalization", 18, 21)
            .in("X", "T")
            .ranks(2, Integer.MAX_VALUE)
            .in("scale", "T")
            .rank(1)
            .in("bias", "T")
            .rank(1)
            .out("Y", "T")
            .attr("epsilon", 1e-05f)
            .required("num_groups", AttrSpec.Kind.INT)
            .attr("stash_type", 1L)
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
