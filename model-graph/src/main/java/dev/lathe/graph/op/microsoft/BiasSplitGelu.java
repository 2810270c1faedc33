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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Sum with a bias, halved along the last axis, one half times the Gelu of the other: 10 per output
/// element.
public final class BiasSplitGelu implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "BiasSplitGelu", 1)
            .in("X", "T")
            .in("bias", "T")
            .out("Y", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).ifPresent(d -> {
            List<Dim> out = new ArrayList<>(d);
            out.set(d.size() - 1, DimMath.floorDiv(d.getLast(), 2));
            c.output(0, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 10);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
