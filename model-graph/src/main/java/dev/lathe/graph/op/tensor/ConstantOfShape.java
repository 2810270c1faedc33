package dev.lathe.graph.op.tensor;

import dev.lathe.graph.DType;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Folds;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// A tensor of the shape that the input tells, filled with one value (float 0 by default).
public final class ConstantOfShape implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ConstantOfShape", 9, 20, 21, 23, 24, 25)
            .in("input", "int64")
            .rank(1)
            .out("output", "T2")
            .attr("value", AttrSpec.Kind.TENSOR)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Tensor> value = c.attrs().tensor("value");
        // No number is an open extent here: a negative one is wrong.
        Shape shape = c.elements(0).map(Shape::of).orElseGet(() -> Rules.shapeFrom(c.input(0)));
        c.output(0, value.map(Tensor::dtype).or(() -> Optional.of(DType.FLOAT32)), shape);
        Folds.fill(c, value);
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
