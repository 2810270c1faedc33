package dev.lathe.graph.op.reduce;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
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

/// Sums along axes. Costs 1 per input element.
public final class ReduceSum implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ReduceSum", 1, 11, 13)
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
        Rules.reduce(c, Dim.of(0), DimMath::add);
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
