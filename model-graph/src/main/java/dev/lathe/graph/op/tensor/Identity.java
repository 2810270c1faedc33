package dev.lathe.graph.op.tensor;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// The input itself.
public final class Identity implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Identity", 1, 13, 14, 16, 19, 21, 23, 24, 25)
            .in("input", "V")
            .out("output", "V")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.identity(c);
        c.constant(0).ifPresent(t -> c.constantOutput(0, t));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.view(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.VIEW, Trait.CONSTANT_FOLDABLE);
    }
}
