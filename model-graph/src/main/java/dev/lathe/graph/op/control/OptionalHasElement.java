package dev.lathe.graph.op.control;

import dev.lathe.graph.Shape;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Whether an optional has a value.
public final class OptionalHasElement implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("OptionalHasElement", 15, 18, 28)
            .optIn("input", "O")
            .out("output", "bool")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, Shape.of());
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT);
    }
}
