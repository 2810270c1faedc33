package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Matrix product of 16-bit integers into 32 bits.
public final class MatMulInteger16 implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MatMulInteger16", 1)
            .in("A", "T1")
            .in("B", "T2")
            .out("Y", "T3")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.matmul(c, 0, 1);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.matmul(c, 0);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
