package dev.lathe.graph.op.ml;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Each row divided by its largest element, its sum or its length: 3 per element.
public final class Normalizer implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "Normalizer", 1)
            .in("X", "T")
            .out("Y", "float32")
            .attr("norm", "MAX")
            .oneOf("MAX", "L1", "L2")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        MlRules.atMostMatrix(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
