package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Quantized;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// y = saturate(round(x / scale) + zero point): 3 per element.
public final class MsQuantizeLinear implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QuantizeLinear", 1)
            .in("x", "T1")
            .in("y_scale", "T1")
            .optIn("y_zero_point", "T2")
            .out("y", "T2")
            .attr("axis", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, c.dtype(2).or(() -> Optional.of(DType.UINT8)), c.shape(0));
        Quantized.linear(c, c.attrs().intOr("axis", 1), 0);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
