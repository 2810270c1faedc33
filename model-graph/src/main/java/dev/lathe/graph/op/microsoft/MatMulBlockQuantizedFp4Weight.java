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
import java.util.Set;

/// A times weights of 4-bit floats, two in a byte of B [N, K/2], with a scale per block and one of all: unpacking a
/// weight costs 2.
public final class MatMulBlockQuantizedFp4Weight implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MatMulBlockQuantizedFp4Weight", 1)
            .in("A", "T")
            .in("B", "uint8")
            .rank(2)
            .in("weight_scale", "uint8")
            .in("weight_scale_2", "float32")
            .optIn("input_scale", "float32")
            .optIn("bias", "T")
            .out("Y", "T")
            .attr("block_size", 16L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim k = DimMath.mul(CostContext.dim(c.type(1), 1), 2);
        Products.byRows(c, k, CostContext.dim(c.type(1), 0));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim unpacked = DimMath.mul(c.inputCount(1), 4);
        return CostRules.matmul(c, 0)
                .plus(OpCost.of(Dim.of(0), unpacked))
                .plus(c.has(5) ? CostRules.elementwise(c, 1) : OpCost.FREE);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
