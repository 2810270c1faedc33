package dev.lathe.graph.op.math;

import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.WholeNumbers;
import java.util.Set;

/// Whether A ≥ B, broadcast.
public final class GreaterOrEqual implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("GreaterOrEqual", 12, 16)
            .in("A", "T")
            .in("B", "T")
            .out("C", "bool")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Broadcast.fold(c, WholeNumbers::atLeast);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.CONSTANT_FOLDABLE);
    }
}
