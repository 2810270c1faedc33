package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// X + Y · gate, with one gate per row: 2 per element.
public final class GatedAdd implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GatedAdd", 1)
            .in("X", "T")
            .in("Y", "T")
            .in("gate", "T")
            .out("output", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
