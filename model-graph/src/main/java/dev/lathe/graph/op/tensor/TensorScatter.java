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

/// A cache with new entries written at given places.
public final class TensorScatter implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("TensorScatter", 24)
            .in("past_cache", "T")
            .in("update", "T")
            .optIn("write_indices", "int64")
            .out("present_cache", "T")
            .attr("axis", -2L)
            .attr("mode", "linear")
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
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
