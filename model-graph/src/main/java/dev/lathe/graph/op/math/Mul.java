package dev.lathe.graph.op.math;

import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A · B, broadcast.
public final class Mul implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Mul", 1, 6, 7, 13, 14)
            .in("A", "T")
            .in("B", "T")
            .out("C", "T")
            .attr("axis", AttrSpec.Kind.INT)
            .attr("broadcast", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Broadcast.scale(c, DimMath::mul, (x, y) -> x * y, false);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
