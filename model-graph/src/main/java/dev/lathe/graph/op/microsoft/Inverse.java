package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Inverses of square matrices: n³ multiply-accumulates each.
public final class Inverse implements OpSpec {
    private static final Schema SCHEMA =
            Schema.of("com.microsoft", "Inverse", 1).in("X", "T").out("Y", "T").build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        Sizes.atLoading(c).ranks(0, 2, Integer.MAX_VALUE).same(0, -1, 0, -2);
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim n = c.dim(0, -1);
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), n), Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
