package dev.lathe.graph.op.control;

import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// The input cut along an axis into a list.
public final class SplitToSequence implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SplitToSequence", 11, 24)
            .in("input", "T")
            .optIn("split", "I")
            .out("output_sequence", "")
            .attr("axis", 0L)
            .attr("keepdims", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Shape part = c.attrs().intOr("keepdims", 1) != 0
                ? c.dims(0).map(d -> Rules.unknownDims(d.size())).orElse(Shape.unranked())
                : Shape.unranked();
        c.output(0, new ValueType.SequenceType(new ValueType.TensorType(c.dtype(0), part)));
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
