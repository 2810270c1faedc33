package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Quantized;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// x = (q − zero point) · scale: 2 per element.
public final class MsDequantizeLinear implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "DequantizeLinear", 1)
            .in("x", "T1")
            .in("x_scale", "T2")
            .optIn("x_zero_point", "T1")
            .out("y", "T2")
            .attr("axis", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        Quantized.linear(c, c.attrs().intOr("axis", 1), 0);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
