package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Quantized;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Product of quantized tensors: 2 conversions of 2, the product, and 3 to quantize; 8 per element.
public final class QLinearMul implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QLinearMul", 1)
            .in("A", "T")
            .in("A_scale", "float32")
            .optIn("A_zero_point", "T")
            .in("B", "T")
            .in("B_scale", "float32")
            .optIn("B_zero_point", "T")
            .in("C_scale", "float32")
            .optIn("C_zero_point", "T")
            .out("C", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Quantized.scalars(c, 1, 2, 4, 5, 6, 7);
        c.output(0, Broadcast.of(c, c.shape(0), c.shape(3)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 8);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
