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
import dev.lathe.graph.op.Sizes;
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
        Dim channels = Sizes.of(c, 1, 0);
        long groups = c.attrs().intOr("offset_group", 1);
        if (groups <= 0) {
            c.contradiction("'offset_group' must be greater than 0");
            return;
        }
        if (c.dims(0).filter(d -> d.size() == 4).isEmpty()) {
            return;
        }
        // The places where a window reads, two coordinates for each.
        Dim places = DimMath.mul(DimMath.mul(Sizes.of(c, 1, 2), Sizes.of(c, 1, 3)), groups);
        Dim rows = Windows.places(c, 0, 1, 0);
        Dim columns = Windows.places(c, 0, 1, 1);
        Dim batch = Sizes.of(c, 0, 0);
        Sizes.atRun(c)
                .divides(channels, c.attrs().intOr("group", 1), "output channels in groups")
                .shape(2, batch, DimMath.mul(places, 2), rows, columns)
                .shape(3, channels)
                .shape(4, batch, places, rows, columns);
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
