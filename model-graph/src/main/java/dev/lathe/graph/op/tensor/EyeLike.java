package dev.lathe.graph.op.tensor;

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

/// The identity matrix in the shape of the input.
public final class EyeLike implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("EyeLike", 9, 22)
            .in("input", "T1")
            .rank(2)
            .out("output", "T2")
            .attr("dtype", AttrSpec.Kind.INT)
            .attr("k", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, Rules.dtypeAttr(c, "dtype").or(() -> c.dtype(0)), c.shape(0));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
