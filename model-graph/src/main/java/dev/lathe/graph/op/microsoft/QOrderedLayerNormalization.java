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

/// Layer normalization of 8-bit integers in a stated memory order: 13 per element.
public final class QOrderedLayerNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QOrderedLayerNormalization", 1)
            .in("X", "int8")
            .in("scale_X", "float32")
            .in("scale", "F")
            .optIn("B", "F")
            .in("scale_Y", "float32")
            .out("Y", "int8")
            .attr("axis", -1L)
            .attr("epsilon", 1.0e-5f)
            .attr("order_X", 1L)
            .attr("order_Y", 1L)
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
