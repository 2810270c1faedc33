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

/// Product of quantized integers less their zero points: 3 per element.
public final class MulInteger implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MulInteger", 1)
            .in("A", "T")
            .optIn("A_zero_point", "T")
            .in("B", "T")
            .optIn("B_zero_point", "T")
            .out("C", "int32")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, Broadcast.of(c, c.shape(0), c.shape(2)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
