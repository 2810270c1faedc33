package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Gate by the likeness of keys and queries [batch, sequence, copies, hidden], times a value that the copies share.
/// 11 per element (two root-mean-square normalizations of 4, a product that is summed, the gating) and 12 per gate
/// (sign, root, sigmoid).
public final class EngramGate implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "EngramGate", 1)
            .in("key", "T")
            .rank(4)
            .in("query", "T")
            .rank(4)
            .in("value", "T")
            .rank(3)
            .in("key_norm_scale", "T")
            .in("query_norm_scale", "T")
            .out("output", "T")
            .attr("epsilon", 1.0e-5f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.allSameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim gates = DimMath.floorDiv(c.inputCount(0), c.dim(0, 3));
        return OpCost.ofFlops(DimMath.add(DimMath.mul(c.outputCount(0), 11), DimMath.mul(gates, 12)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
