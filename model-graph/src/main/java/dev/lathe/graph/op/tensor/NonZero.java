package dev.lathe.graph.op.tensor;

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

/// Indices of the elements that are not 0; how many depends on the data.
public final class NonZero implements OpSpec {
    private static final Schema SCHEMA =
            Schema.onnx("NonZero", 9, 13).in("X", "T").out("Y", "int64").build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim rank = c.dims(0).map(d -> Dim.of(d.size())).orElse(Dim.unknown());
        c.output(0, List.of(rank, Counts.nonZero(c, 0).orElseGet(() -> c.named(0, 1))));
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
