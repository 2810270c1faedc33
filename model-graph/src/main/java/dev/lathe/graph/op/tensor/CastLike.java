package dev.lathe.graph.op.tensor;

import dev.lathe.graph.op.Casting;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Each element in the type of the second input; a conversion counts 1.
public final class CastLike implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("CastLike", 15, 19, 21, 23, 24, 25)
            .in("input", "T1")
            .in("target_type", "T2")
            .out("output", "T2")
            .attr("round_mode", "up")
            .attr("saturate", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, c.dtype(1), c.shape(0));
        Casting.contents(c, c.dtype(1));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.CONSTANT_FOLDABLE);
    }
}
