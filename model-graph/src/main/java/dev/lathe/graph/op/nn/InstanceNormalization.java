package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Normalisation by the statistics of each instance and channel: 8 per element.
public final class InstanceNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("InstanceNormalization", 1, 6, 22)
            .in("input", "T")
            .in("scale", "T")
            .in("B", "T")
            .out("output", "T")
            .attr("epsilon", 1e-05f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        Dim channels = Sizes.of(c, 0, 1);
        Sizes.atRun(c).shape(1, channels).shape(2, channels);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 8);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
