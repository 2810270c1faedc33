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

/// Tokens that lie behind each other, [tokens, hidden], back in padded sequences [batch, sequence, hidden].
public final class RestorePadding implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "RestorePadding", 1)
            .in("input", "T")
            .rank(2)
            .in("token_offset", "int32")
            .rank(2)
            .out("output", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> places = Extents.of(c, 1, 2);
        c.output(0, List.of(places.get(0), places.get(1), CostContext.dim(c.type(0), 1)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
