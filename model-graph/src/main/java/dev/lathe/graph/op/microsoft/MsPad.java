package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.tensor.Pad;
import java.util.Set;

/// The input with a border, as the standard has it; negative pads cut.
public final class MsPad implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "Pad", 1)
            .in("data", "T")
            .in("pads", "int64")
            .optIn("value", "T")
            .out("output", "T")
            .attr("mode", "constant")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        new Pad().infer(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
