package dev.lathe.graph.op.early;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// αx + β: 2 per element.
public final class Affine implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Affine", 1, 10)
            .in("X", "T")
            .out("Y", "T")
            .attr("alpha", 1.0f)
            .attr("beta", 0.0f)
            .deprecated(10)
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
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
