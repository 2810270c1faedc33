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

/// x · Φ(x) of 8-bit integers in a stated memory order: 13 per element.
public final class QOrderedGelu implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QOrderedGelu", 1)
            .in("X", "int8")
            .in("scale_X", "float32")
            .in("scale_Y", "float32")
            .out("Y", "int8")
            .attr("order_X", AttrSpec.Kind.INT)
            .attr("order_Y", AttrSpec.Kind.INT)
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
        return Set.of(Trait.ELEMENTWISE, Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
