package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Regions of interest resampled to a fixed size, bilinear: 8 per sample.
public final class RoiAlign implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("RoiAlign", 10, 16, 22)
            .in("X", "T1")
            .rank(4)
            .in("rois", "T1")
            .rank(2)
            .in("batch_indices", "int64")
            .rank(1)
            .out("Y", "T1")
            .attr("coordinate_transformation_mode", "half_pixel")
            .attr("mode", "avg")
            .attr("output_height", 1L)
            .attr("output_width", 1L)
            .attr("sampling_ratio", 0L)
            .attr("spatial_scale", 1.0f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim channels = c.dims(0).filter(d -> d.size() == 4).map(d -> d.get(1)).orElse(Dim.unknown());
        Dim regions = c.dims(1).map(List::getFirst).orElse(Dim.unknown());
        c.output(
                0,
                List.of(
                        regions,
                        channels,
                        Dim.of(c.attrs().intOr("output_height", 1)),
                        Dim.of(c.attrs().intOr("output_width", 1))));
        Sizes.atRun(c).extent(1, 1, Dim.of(4)).same(2, 0, 1, 0);
    }

    @Override
    public OpCost cost(CostContext c) {
        long ratio = c.attrs().intOr("sampling_ratio", 0);
        Dim samples = DimMath.mul(Dim.of(ratio), ratio);
        return ratio <= 0 ? OpCost.UNKNOWN : OpCost.ofFlops(DimMath.mul(DimMath.mul(c.outputCount(0), samples), 8));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
