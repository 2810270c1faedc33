package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.Set;

/// Convolution whose sampling places are given by an offset tensor; bilinear sampling costs 8 per sample.
public final class DeformConv implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("DeformConv", 19, 22)
            .in("X", "T")
            .in("W", "T")
            .in("offset", "T")
            .optIn("B", "T")
            .optIn("mask", "T")
            .out("Y", "T")
            .attr("dilations", AttrSpec.Kind.INTS)
            .attr("group", 1L)
            .attr("kernel_shape", AttrSpec.Kind.INTS)
            .attr("offset_group", 1L)
            .attr("pads", AttrSpec.Kind.INTS)
            .attr("strides", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Windows.conv(c, 0, 1);
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim samples = DimMath.mul(c.outputCount(0), CostRules.product(c.input(1), 1));
        return OpCost.ofMacs(samples, DimMath.mul(samples, 8));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
