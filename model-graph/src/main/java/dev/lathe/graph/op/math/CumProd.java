package dev.lathe.graph.op.math;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Running products along an axis.
public final class CumProd implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("CumProd", 26)
            .in("x", "T")
            .in("axis", "T2")
            .out("y", "T")
            .attr("exclusive", 0L)
            .oneOf("0", "1")
            .attr("reverse", 0L)
            .oneOf("0", "1")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        Sizes.atRun(c).ranks(0, 1, Integer.MAX_VALUE).single(1).axisOf(1, 0);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
