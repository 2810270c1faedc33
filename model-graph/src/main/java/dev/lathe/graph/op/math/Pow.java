package dev.lathe.graph.op.math;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.WholeNumbers;
import java.util.Set;

/// A to the power of B, broadcast.
public final class Pow implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Pow", 1, 7, 12, 13, 15)
            .in("X", "T")
            .in("Y", "T1")
            .out("Z", "T")
            .attr("axis", AttrSpec.Kind.INT)
            .attr("broadcast", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.dtype(0).filter(t -> !t.isFloat()).isPresent()) {
            Broadcast.fold(c, WholeNumbers::pow);
        } else {
            Broadcast.all(c);
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, CostRules.TRANSCENDENTAL);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
