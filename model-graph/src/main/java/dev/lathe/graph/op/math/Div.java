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

/// A / B, broadcast; whole numbers are divided towards zero.
public final class Div implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Div", 1, 6, 7, 13, 14)
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
        boolean whole = c.dtype(0).filter(t -> !t.isFloat()).isPresent();
        if (whole && c.numbers(1).filter(n -> n.contains(0L)).isPresent()) {
            c.misfitOf(1, "whole numbers are divided by 0");
        }
        Broadcast.scale(c, whole ? WholeNumbers::truncatedDiv : WholeNumbers::exactDiv, (x, y) -> x / y, true);
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
