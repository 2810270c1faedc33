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

/// Product with the conjugate of B of complex numbers, whose real and imaginary parts are the last axis: 2 products
/// and 1 sum per part.
public final class ComplexMulConj implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "ComplexMulConj", 1)
            .in("A", "T")
            .in("B", "T")
            .out("C", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Broadcast.all(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
