package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
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

/// Parts of images X [N, C, H, W] by boxes [boxes, 4], each resized to the same height and width: 8 per output
/// element where it is bilinear, as in GridSample.
public final class CropAndResize implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "CropAndResize", 1)
            .in("X", "T1")
            .rank(4)
            .in("rois", "T1")
            .rank(2)
            .in("batch_indices", "int32")
            .rank(1)
            .in("crop_size", "int32")
            .rank(1)
            .out("Y", "T1")
            .attr("extrapolation_value", 0.0f)
            .attr("mode", "bilinear")
            .oneOf("bilinear", "nearest")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.atLoading(c).extent(3, 0, Dim.of(2));
        Sizes.atRun(c).extent(1, 1, Dim.of(4));
        List<Dim> size =
                c.elements(3).filter(e -> e.size() == 2).orElseGet(() -> List.of(c.named(0, 2), c.named(0, 3)));
        Dim boxes = c.unify(CostContext.dim(c.type(1), 0), CostContext.dim(c.type(2), 0));
        c.output(0, List.of(boxes, CostContext.dim(c.type(0), 1), size.getFirst(), size.getLast()));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, c.attrs().stringOr("mode", "bilinear").equals("bilinear") ? 8 : 0);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
