package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// A times weights of 4 bits packed into one blob, whose shape [K, N] is an input: unpacking a weight costs 2.
public final class MatMulFpQ4 implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MatMulFpQ4", 1)
            .in("A", "float32")
            .ranks(1, Integer.MAX_VALUE)
            .in("B", "uint8")
            .in("B_shape", "int64")
            .out("Y", "float32")
            .attr("blk_quant_type", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> b = c.elements(2).filter(e -> e.size() == 2).orElse(List.of(Dim.unknown(), Dim.unknown()));
        Products.byRows(c, b.getFirst(), b.getLast());
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim weights = DimMath.mul(c.dim(0, -1), c.outputDim(0, -1));
        return CostRules.matmul(c, 0).plus(OpCost.of(Dim.of(0), DimMath.mul(weights, 2)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
