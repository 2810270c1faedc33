package dev.lathe.graph.op.control;

import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// The tensors of a list joined along an axis.
public final class ConcatFromSequence implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ConcatFromSequence", 11)
            .in("input_sequence", "")
            .out("concat_result", "T")
            .required("axis", AttrSpec.Kind.INT)
            .attr("new_axis", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.type(0) instanceof ValueType.SequenceType(ValueType element)) {
            c.output(0, element.dtype(), Shape.unranked());
        }
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
