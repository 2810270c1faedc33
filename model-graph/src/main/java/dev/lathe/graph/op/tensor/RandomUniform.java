package dev.lathe.graph.op.tensor;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// Uniformly distributed numbers of a given shape: 10 per element.
public final class RandomUniform implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("RandomUniform", 1, 22)
            .out("output", "T")
            .attr("dtype", 1L)
            .attr("high", 1.0f)
            .attr("low", 0.0f)
            .attr("seed", AttrSpec.Kind.FLOAT)
            .required("shape", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(
                0,
                Rules.dtypeAttr(c, "dtype").or(() -> Optional.of(DType.FLOAT32)),
                c.attrs()
                        .ints("shape")
                        .map(s -> Shape.of(s.stream().map(Dim::of).toList()))
                        .orElse(Shape.unranked()));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 10);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.RANDOM);
    }
}
