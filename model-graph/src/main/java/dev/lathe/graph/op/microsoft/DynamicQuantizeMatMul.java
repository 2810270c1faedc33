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

/// A quantized on the fly (5 per element), times quantized B, scaled back (2 per output element).
public final class DynamicQuantizeMatMul implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "DynamicQuantizeMatMul", 1)
            .in("A", "T1")
            .in("B", "T2")
            .in("b_scale", "T1")
            .optIn("b_zero_point", "T2")
            .optIn("bias", "T1")
            .out("Y", "T1")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.matmul(c, 0, 1);
        Quantized.columns(c, Quantized.columns(c, Sizes.atRun(c), 2, 1), 3, 1).count(4, Sizes.of(c, 1, -1));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.matmul(c, 0).plus(CostRules.elementwise(c, 2)).plus(CostRules.perInputElement(c, 5));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
