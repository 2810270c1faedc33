package dev.lathe.graph.op.control;

import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Bodies;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Items;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// A list of the inputs.
public final class SequenceConstruct implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SequenceConstruct", 11)
            .manyIn("inputs", "T")
            .out("output_sequence", "")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<ValueType> each = IntStream.range(0, c.inputs()).mapToObj(c::type).toList();
        c.know(0, Known.of(new ValueType.SequenceType(Bodies.common(c))).withItems(Items.of(each)));
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
