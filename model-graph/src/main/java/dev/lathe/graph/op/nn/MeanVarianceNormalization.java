package dev.lathe.graph.op.nn;

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

/// Subtraction of the mean and division by the deviation: 6 per element. Before version 9 it was an experiment, which
/// ONNX Runtime kept: other attributes told what is normalised.
public final class MeanVarianceNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("MeanVarianceNormalization", 9, 13)
            .in("X", "T")
            .out("Y", "T")
            .attr("axes", AttrSpec.Kind.INTS)
            .attr("across_channels", 0L)
            .attr("normalize_variance", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        if (c.opset() < 9 && c.attrs().has("axes")) {
            c.fault("the attribute 'axes' came with version 9; before, 'across_channels' told what is normalised");
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, c.attrs().intOr("normalize_variance", 1) == 0 ? 2 : 6);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
