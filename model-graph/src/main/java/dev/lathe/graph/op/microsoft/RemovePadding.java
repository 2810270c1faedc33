package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The tokens of padded sequences [batch, sequence, hidden] behind each other, [tokens, hidden], and where each was.
public final class RemovePadding implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "RemovePadding", 1)
            .in("input", "T")
            .rank(3)
            .in("sequence_token_count", "int32")
            .out("output", "T")
            .out("token_offset", "int32")
            .out("cumulated_seq_len", "int32")
            .out("max_seq_len", "int32")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> x = Extents.of(c, 0, 3);
        c.output(0, List.of(c.named(0, 0), x.get(2)));
        c.output(1, List.of(x.get(0), x.get(1)));
        c.output(2, List.of(DimMath.add(x.get(0), 1)));
        c.output(3, List.of(Dim.of(1)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.selection(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
