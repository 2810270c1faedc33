package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.Set;

/// GlobalMaxPool in a blocked layout.
public final class NchwcGlobalMaxPool implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft.nchwc", "GlobalMaxPool", 1)
            .in("X", "T")
            .out("Y", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Windows.global(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
