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

/// Matrix product of quantized tensors; requantization costs 3 per output element.
public final class QLinearMatMul implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("QLinearMatMul", 10, 21)
            .in("a", "T1")
            .in("a_scale", "TS")
            .in("a_zero_point", "T1")
            .in("b", "T2")
            .in("b_scale", "TS")
            .in("b_zero_point", "T2")
            .in("y_scale", "TS")
            .in("y_zero_point", "T3")
            .out("y", "T3")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.matmul(c, 0, 3);
        Sizes sizes = Quantized.rows(c, Quantized.rows(c, Sizes.atRun(c), 1, 0), 2, 0);
        Quantized.columns(c, Quantized.columns(c, sizes, 4, 3), 5, 3);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.matmul(c, 0).plus(CostRules.elementwise(c, 3));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
