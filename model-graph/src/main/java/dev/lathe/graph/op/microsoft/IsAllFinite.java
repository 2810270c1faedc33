package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Whether no element of any input is infinite or not a number: 1 per element.
public final class IsAllFinite implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "IsAllFinite", 1)
            .manyIn("input", "V")
            .out("output", "bool")
            .attr("isinf_only", 0L)
            .attr("isnan_only", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, Shape.of());
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim all = Dim.of(0);
        for (int i = 0; i < c.node().inputs().size(); i++) {
            all = DimMath.add(all, c.inputCount(i));
        }
        return OpCost.ofFlops(all);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
