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

/// Uniformly distributed numbers in the shape of the input: 10 per element.
public final class RandomUniformLike implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("RandomUniformLike", 1, 22)
            .in("input", "T1")
            .out("output", "T2")
            .attr("dtype", AttrSpec.Kind.INT)
            .attr("high", 1.0f)
            .attr("low", 0.0f)
            .attr("seed", AttrSpec.Kind.FLOAT)
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
        return CostRules.elementwise(c, 10);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.RANDOM);
    }
}
