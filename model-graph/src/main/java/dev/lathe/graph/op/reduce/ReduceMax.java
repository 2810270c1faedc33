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
import java.util.List;
import java.util.Set;

/// Largest elements along axes. Costs 1 per input element.
public final class ReduceMax implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ReduceMax", 1, 11, 12, 13, 18, 20)
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
        Dim first = c.elements(0).filter(e -> !e.isEmpty()).map(List::getFirst).orElse(Dim.unknown());
        Rules.reduce(c, first, DimMath::max);
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
