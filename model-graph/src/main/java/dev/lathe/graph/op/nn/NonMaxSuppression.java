package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Boxes that overlap a better one by too much are left out; how many stay depends on the data, but for a limit of 0
/// for each class, which is the default.
public final class NonMaxSuppression implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("NonMaxSuppression", 10, 11)
            .in("boxes", "float32")
            .rank(3)
            .in("scores", "float32")
            .rank(3)
            .optIn("max_output_boxes_per_class", "int64")
            .optIn("iou_threshold", "float32")
            .optIn("score_threshold", "float32")
            .out("selected_indices", "int64")
            .attr("center_point_box", 0L)
            .oneOf("0", "1")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        boolean none = c.has(2) ? c.numbers(2).equals(Optional.of(List.of(0L))) : true;
        c.output(0, List.of(none ? Dim.of(0) : c.named(0, 0), Dim.of(3)));
        Sizes.atRun(c).same(0, 0, 1, 0).same(0, 1, 1, 2).extent(0, 2, Dim.of(4));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
