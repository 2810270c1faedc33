package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Largest elements of regions of interest, pooled to a fixed size. The cost is that of regions as large as the image,
/// an upper bound.
public final class MaxRoiPool implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("MaxRoiPool", 1, 22)
            .in("X", "T")
            .in("rois", "T")
            .out("Y", "T")
            .required("pooled_shape", AttrSpec.Kind.INTS)
            .attr("spatial_scale", 1.0f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Long> pooled = c.attrs().ints("pooled_shape").orElse(List.of());
        Sizes.atLoading(c)
                .ranks(0, 4, Integer.MAX_VALUE)
                .rank(1, 2)
                .require(
                        pooled.isEmpty()
                                || pooled.size() == c.dims(0).map(List::size).orElse(4) - 2,
                        () -> "'pooled_shape' is " + pooled + ", and needs a size for each spatial axis");
        Sizes.atRun(c).extent(1, 1, Dim.of(5));
        Dim channels = c.dims(0).filter(d -> d.size() == 4).map(d -> d.get(1)).orElse(Dim.unknown());
        Dim regions = c.dims(1).filter(d -> d.size() == 2).map(List::getFirst).orElse(Dim.unknown());
        List<Long> size = c.attrs().ints("pooled_shape").orElse(List.of());
        if (size.size() == 2) {
            c.output(0, List.of(regions, channels, Dim.of(size.get(0)), Dim.of(size.get(1))));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        // No region is larger than the image: at most a comparison for each of its elements.
        return OpCost.ofFlops(
                DimMath.mul(DimMath.mul(c.outputDim(0, 0), c.outputDim(0, 1)), DimMath.mul(c.dim(0, 2), c.dim(0, 3))));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
