package dev.lathe.graph.op.math;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Quotient;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Each element rounded down.
public final class Floor implements OpSpec {
    private static final Schema SCHEMA =
            Schema.onnx("Floor", 1, 6, 13).in("X", "T").out("Y", "T").build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.round(c, Quotient::floor, Math::floor);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
