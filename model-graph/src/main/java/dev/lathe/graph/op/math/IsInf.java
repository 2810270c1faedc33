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

/// Whether each element is infinite.
public final class IsInf implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("IsInf", 10, 20)
            .in("X", "T1")
            .out("Y", "bool")
            .attr("detect_negative", 1L)
            .attr("detect_positive", 1L)
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
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.CONSTANT_FOLDABLE);
    }
}
