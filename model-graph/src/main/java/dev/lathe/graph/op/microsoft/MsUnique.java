package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.tensor.Counts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The different elements of a vector in the order in which they come, the place of each element among them, and how
/// often each occurs; how many there are depends on the data.
public final class MsUnique implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "Unique", 1)
            .in("x", "T")
            .rank(1)
            .out("y", "T")
            .out("idx", "int64")
            .out("counts", "int64")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim count = Counts.distinct(c, 0, Optional.empty()).orElseGet(() -> c.named(0, 0));
        c.output(0, List.of(count));
        c.output(1, c.shape(0));
        c.output(2, List.of(count));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
