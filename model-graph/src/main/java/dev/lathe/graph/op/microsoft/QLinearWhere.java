package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// One of two quantized tensors per element, scaled to the output: 2 conversions of 2, the choice, and 3 to
/// quantize; 8 per element.
public final class QLinearWhere implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QLinearWhere", 1)
            .in("condition", "bool")
            .in("X", "T")
            .in("x_scale", "float32")
            .in("x_zero_point", "T")
            .in("Y", "T")
            .in("y_scale", "float32")
            .in("y_zero_point", "T")
            .in("z_scale", "float32")
            .in("z_zero_point", "T")
            .out("Z", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, Broadcast.of(c, c.shape(0), Broadcast.of(c, c.shape(1), c.shape(4))));
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
