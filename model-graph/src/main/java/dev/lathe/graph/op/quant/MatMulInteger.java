package dev.lathe.graph.op.quant;

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

/// Matrix product of 8-bit integers into 32 bits.
public final class MatMulInteger implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("MatMulInteger", 10)
            .in("A", "T1")
            .in("B", "T2")
            .optIn("a_zero_point", "T1")
            .optIn("b_zero_point", "T2")
            .out("Y", "int32")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.matmul(c, 0, 1);
        Quantized.columns(c, Quantized.rows(c, Sizes.atRun(c), 2, 0), 3, 1);
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
