package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Gelu of A + B: 9 per element.
public final class BiasGelu implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "BiasGelu", 1)
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
        Sizes.atRun(c).shape(1, Sizes.of(c, 0, -1));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 9);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
