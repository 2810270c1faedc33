package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.Set;

/// p-norm of each channel.
public final class GlobalLpPool implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("GlobalLpPool", 1, 2, 22)
            .in("X", "T")
            .out("Y", "T")
            .attr("p", 2L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Windows.global(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
