package dev.lathe.graph.op.tensor;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.Set;

/// Pooled elements put back where they came from, the rest zero.
public final class MaxUnpool implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("MaxUnpool", 9, 11, 22)
            .in("X", "T1")
            .in("I", "int64")
            .optIn("output_shape", "int64")
            .rank(1)
            .out("output", "T1")
            .required("kernel_shape", AttrSpec.Kind.INTS)
            .attr("pads", AttrSpec.Kind.INTS)
            .attr("strides", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.has(2)) {
            c.dims(0).filter(d -> d.size() > 2).ifPresent(d -> Windows.fits(c, d.size() - 2));
            if (c.dims(0).isPresent()
                    && Axes.count(c, 2).filter(n -> n != c.dims(0).get().size()).isPresent()) {
                c.misfitOf(2, "'output_shape' must have a size for each axis of the input");
                return;
            }
            c.output(0, Rules.shapeFrom(c.input(2)));
        } else {
            Windows.unpool(c);
        }
        Sizes.atRun(c).same(1, 0);
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
