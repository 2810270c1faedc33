package dev.lathe.graph.op.math;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// 1 / x of each element.
public final class Reciprocal implements OpSpec {
    private static final Schema SCHEMA =
            Schema.onnx("Reciprocal", 1, 6, 13).in("X", "T").out("Y", "T").build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.exact(c, v -> 1 / v);
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
