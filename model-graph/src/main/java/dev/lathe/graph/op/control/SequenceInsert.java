package dev.lathe.graph.op.control;

import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Bodies;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A list with one more tensor.
public final class SequenceInsert implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SequenceInsert", 11)
            .in("input_sequence", "")
            .in("tensor", "T")
            .optIn("position", "I")
            .out("output_sequence", "")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Known one = Known.of(new ValueType.SequenceType(c.type(1)));
        c.output(0, Bodies.either(c.input(0), one).type());
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
