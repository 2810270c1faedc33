package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// The gates of a linear attention: a decay of scale · softplus(a + bias), 11 per element, and a rate of sigmoid(b),
/// 4 per element.
public final class LinearAttentionGate implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "LinearAttentionGate", 1)
            .in("a", "T")
            .in("dt_bias", "float32")
            .in("decay_scale", "float32")
            .optIn("b", "T")
            .out("decay", "T")
            .optOut("beta", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, c.shape(0));
        c.output(1, c.has(3) ? c.shape(3) : c.shape(0));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim decays = DimMath.mul(c.inputCount(0), 3 + 2 * CostRules.TRANSCENDENTAL);
        Dim rates = c.has(3) ? DimMath.mul(c.inputCount(3), CostRules.TRANSCENDENTAL) : Dim.of(0);
        return OpCost.ofFlops(DimMath.add(decays, rates));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
