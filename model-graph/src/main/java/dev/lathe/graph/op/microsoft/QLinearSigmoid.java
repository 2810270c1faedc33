package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Sigmoid of a quantized tensor: 9 per element.
public final class QLinearSigmoid implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QLinearSigmoid", 1)
            .in("X", "T")
            .in("X_scale", "float32")
            .optIn("X_zero_point", "T")
            .in("Y_scale", "float32")
            .optIn("Y_zero_point", "T")
            .out("Y", "T")
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
        return CostRules.elementwise(c, 9);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
