package dev.lathe.graph.op.reduce;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Index of the largest element along an axis.
public final class ArgMax implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ArgMax", 1, 11, 12, 13)
            .in("data", "T")
            .out("reduced", "int64")
            .attr("axis", 0L)
            .attr("keepdims", 1L)
            .attr("select_last_index", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.argReduce(c);
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
