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

/// LeakyRelu of a quantized tensor: 7 per element.
public final class QLinearLeakyRelu implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QLinearLeakyRelu", 1)
            .in("X", "T")
            .in("X_scale", "float32")
            .optIn("X_zero_point", "T")
            .in("Y_scale", "float32")
            .optIn("Y_zero_point", "T")
            .out("Y", "T")
            .attr("alpha", 0.01f)
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
        return CostRules.elementwise(c, 7);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
