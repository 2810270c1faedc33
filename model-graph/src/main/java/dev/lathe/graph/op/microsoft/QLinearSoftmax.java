package dev.lathe.graph.op.microsoft;

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

/// Softmax of a quantized tensor: 13 per element.
public final class QLinearSoftmax implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QLinearSoftmax", 1)
            .in("X", "T")
            .in("X_scale", "float32")
            .optIn("x_zero_point", "T")
            .in("y_scale", "float32")
            .in("y_zero_point", "T")
            .out("Y", "T")
            .attr("axis", -1L)
            .required("opset", AttrSpec.Kind.INT)
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
        return CostRules.elementwise(c, 13);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
