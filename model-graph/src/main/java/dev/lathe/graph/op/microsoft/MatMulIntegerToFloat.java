package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Quantized;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Integer matrix product scaled to floating point: 2 per output element.
public final class MatMulIntegerToFloat implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MatMulIntegerToFloat", 1)
            .in("A", "T1")
            .in("B", "T2")
            .in("a_scale", "T3")
            .in("b_scale", "T3")
            .optIn("a_zero_point", "T1")
            .optIn("b_zero_point", "T2")
            .optIn("bias", "T3")
            .out("Y", "T3")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.matmul(c, 0, 1);
        Sizes sizes = Sizes.atRun(c).single(2).single(4);
        Quantized.columns(c, Quantized.columns(c, sizes, 3, 1), 5, 1).count(6, Sizes.of(c, 1, -1));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.matmul(c, 0).plus(CostRules.elementwise(c, 2));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
