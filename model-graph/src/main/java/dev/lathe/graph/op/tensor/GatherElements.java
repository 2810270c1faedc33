package dev.lathe.graph.op.tensor;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Scattered;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Elements picked along an axis, one index per output element.
public final class GatherElements implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("GatherElements", 11, 13)
            .in("data", "T")
            .in("indices", "Tind")
            .out("output", "T")
            .attr("axis", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, c.shape(1));
        Scattered.elements(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.selection(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
