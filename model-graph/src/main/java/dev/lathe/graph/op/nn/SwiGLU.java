package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A · sigmoid(alpha · A) · B: a sigmoid and 3 products per element.
public final class SwiGLU implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SwiGLU", 28)
            .in("A", "T")
            .in("B", "T")
            .out("Y", "T")
            .attr("alpha", 1.0f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Broadcast.all(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, CostRules.TRANSCENDENTAL + 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
