package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// α·A·B with perhaps transposed operands (old name of FusedMatMul).
public final class TransposeMatMul implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "TransposeMatMul", 1)
            .in("A", "T")
            .in("B", "T")
            .out("Y", "T")
            .attr("alpha", 1.0f)
            .attr("transA", 0L)
            .attr("transB", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.attrs().intOr("transA", 0) == 0 && c.attrs().intOr("transB", 0) == 0) {
            Rules.matmul(c, 0, 1);
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim k = c.dim(0, c.attrs().intOr("transA", 0) != 0 ? -2 : -1);
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), k), Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
