package dev.lathe.graph.op.math;

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

/// Remainder of A / B, broadcast.
public final class Mod implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Mod", 10, 13, 28)
            .in("A", "T")
            .in("B", "T")
            .out("C", "T")
            .attr("fmod", 0L)
            .oneOf("0", "1")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.dtype(0).filter(t -> !t.isFloat()).isPresent()
                && c.numbers(1).filter(n -> n.contains(0L)).isPresent()) {
            c.misfitOf(1, "the remainder of whole numbers by 0 is asked for");
        }
        Broadcast.fold(c, c.attrs().intOr("fmod", 0) == 0 ? WholeNumbers::mod : WholeNumbers::remainder);
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
