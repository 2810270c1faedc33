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

/// Subtraction of the mean and division by the deviation: 6 per element.
public final class MeanVarianceNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("MeanVarianceNormalization", 9, 13)
            .in("X", "T")
            .out("Y", "T")
            .attr("axes", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 6);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
