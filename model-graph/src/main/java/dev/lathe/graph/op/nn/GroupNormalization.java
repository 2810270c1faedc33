package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
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

/// Normalisation by the statistics of groups of channels: 8 per element.
public final class GroupNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("GroupNormalization", 18, 21)
            .in("X", "T")
            .ranks(2, Integer.MAX_VALUE)
            .in("scale", "T")
            .in("bias", "T")
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
        Dim channels = Sizes.of(c, 0, 1);
        long groups = c.attrs().intOr("num_groups", 1);
        // Before opset 21 there was a number for each group.
        Dim numbers = c.opset() < 21 ? Dim.of(groups) : channels;
        // Both are reshaped and repeated.
        for (int i = 1; i <= 2; i++) {
            if (!c.dims(i).map(DimMath::product).orElse(Dim.unknown()).equals(Dim.of(1))) {
                Sizes.atLoading(c).count(i, numbers);
            }
        }
        Sizes.atRun(c).divides(channels, groups, "channels in groups");
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
