package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The cheapest way through a matrix of costs [M, N] (or [1, M, N]) from its first corner to its last, as rows and
/// columns [2, steps]: 3 per cost, the least of three ways and a sum; the way back counts nothing.
public final class DynamicTimeWarping implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "DynamicTimeWarping", 1)
            .in("input", "float32")
            .ranks(2, 3)
            .out("output", "int32")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, List.of(Dim.of(2), c.named(0, 1)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
