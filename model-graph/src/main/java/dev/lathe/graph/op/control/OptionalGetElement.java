package dev.lathe.graph.op.control;

import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// The value inside an optional.
public final class OptionalGetElement implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("OptionalGetElement", 15, 18, 28)
            .in("input", "O")
            .out("output", "V")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.know(
                0,
                c.input(0).withType(c.type(0) instanceof ValueType.OptionalType(ValueType inner) ? inner : c.type(0)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.view(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.VIEW, Trait.DATA_MOVEMENT);
    }
}
