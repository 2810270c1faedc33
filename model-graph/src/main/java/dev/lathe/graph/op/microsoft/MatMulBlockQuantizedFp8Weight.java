package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A times weights of 8-bit floats B [N, K] with a scale per block: unpacking a weight costs 1, and where A is
/// rounded to 8 bits, too, that costs 3 per element.
public final class MatMulBlockQuantizedFp8Weight implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MatMulBlockQuantizedFp8Weight", 1)
            .in("A", "T")
            .in("B", "float8e4m3fn")
            .rank(2)
            .in("b_scale", "float32")
            .optIn("a_scale", "float32")
            .optIn("bias", "T")
            .out("Y", "T")
            .attr("block_size", 128L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Products.byRows(c, CostContext.dim(c.type(1), 1), CostContext.dim(c.type(1), 0));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.matmul(c, 0)
                .plus(OpCost.of(Dim.of(0), c.inputCount(1)))
                .plus(c.has(3) ? CostRules.perInputElement(c, 3) : OpCost.FREE)
                .plus(c.has(4) ? CostRules.elementwise(c, 1) : OpCost.FREE);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
