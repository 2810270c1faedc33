package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Samples images [N, C, H, W] at the places of a grid [N, H, W, 2], bilinear: 8 per output element.
public final class MsGridSample implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GridSample", 1)
            .in("X", "T1")
            .rank(4)
            .in("Grid", "T1")
            .rank(4)
            .out("Y", "T2")
            .attr("align_corners", 0L)
            .attr("mode", "bilinear")
            .oneOf("bilinear", "nearest", "bicubic")
            .attr("padding_mode", "zeros")
            .oneOf("zeros", "border", "reflection")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> x = Extents.of(c, 0, 4);
        List<Dim> grid = Extents.of(c, 1, 4);
        c.output(0, c.dtype(0), Shape.of(List.of(x.get(0), x.get(1), grid.get(1), grid.get(2))));
        Sizes.atRun(c).rank(1, 4).same(1, 0, 0, 0).extent(1, 3, Dim.of(2));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 8);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
