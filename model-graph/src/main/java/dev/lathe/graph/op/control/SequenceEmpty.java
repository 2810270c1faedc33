package dev.lathe.graph.op.control;

import dev.lathe.graph.DType;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Items;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// An empty list.
public final class SequenceEmpty implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SequenceEmpty", 11)
            .out("output", "")
            .attr("dtype", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        ValueType element = new ValueType.TensorType(
                Rules.dtypeAttr(c, "dtype").or(() -> Optional.of(DType.FLOAT32)), Shape.unranked());
        c.know(0, Known.of(new ValueType.SequenceType(element)).withItems(Items.NONE));
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
