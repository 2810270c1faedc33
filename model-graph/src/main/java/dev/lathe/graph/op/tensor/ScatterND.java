package dev.lathe.graph.op.tensor;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Folds;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Scattered;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A copy of the data with slices replaced at index tuples.
public final class ScatterND implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ScatterND", 11, 13, 16, 18)
            .in("data", "T")
            .in("indices", "int64")
            .in("updates", "T")
            .out("output", "T")
            .attr("reduction", "none")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        Folds.scatter(c);
        Scattered.slices(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        // One operation for each update that is added, multiplied or compared.
        return c.attrs().stringOr("reduction", "none").equals("none")
                ? CostRules.movement(c)
                : OpCost.ofFlops(c.inputCount(2));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
