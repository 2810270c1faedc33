package dev.lathe.graph.op.reduce;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Sums of absolute values along axes. Costs 2 per input element.
public final class ReduceL1 implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ReduceL1", 1, 11, 13, 18)
            .in("data", "T")
            .optIn("axes", "int64")
            .out("reduced", "T")
            .attr("axes", AttrSpec.Kind.INTS)
            .attr("keepdims", 1L)
            .attr("noop_with_empty_axes", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.reduce(c);
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
