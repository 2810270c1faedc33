package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Resizing;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The input resampled to given scales or sizes; linear interpolation costs 8 per output element, cubic 32,
/// nearest 0.
public final class Resize implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Resize", 10, 11, 13, 18, 19)
            .in("X", "T1")
            .optIn("roi", "T2")
            .optIn("scales", "float32")
            .optIn("sizes", "int64")
            .out("Y", "T1")
            .attr("antialias", 0L)
            .attr("axes", AttrSpec.Kind.INTS)
            .attr("coordinate_transformation_mode", "half_pixel")
            .oneOf(
                    "half_pixel",
                    "half_pixel_symmetric",
                    "pytorch_half_pixel",
                    "align_corners",
                    "asymmetric",
                    "tf_half_pixel_for_nn",
                    "tf_crop_and_resize")
            .attr("cubic_coeff_a", -0.75f)
            .attr("exclude_outside", 0L)
            .attr("extrapolation_value", 0.0f)
            .attr("keep_aspect_ratio_policy", "stretch")
            .oneOf("stretch", "not_larger", "not_smaller")
            .attr("mode", "nearest")
            .oneOf("nearest", "linear", "cubic")
            .attr("nearest_mode", "round_prefer_floor")
            .oneOf("round_prefer_floor", "round_prefer_ceil", "floor", "ceil", "simple")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Resizing.infer(c);
        c.dims(0).ifPresent(d -> {
            if (c.attrs()
                            .stringOr("coordinate_transformation_mode", "half_pixel")
                            .equals("tf_crop_and_resize")
                    && !c.attrs().has("axes")) {
                Sizes.atRun(c).count(1, Dim.of(2L * d.size()));
            }
        });
        Sizes sizes = Sizes.atLoading(c);
        if (c.constant(3).isEmpty()) {
            sizes.rank(3, 1);
        }
        c.dims(0).ifPresent(d -> {
            Dim axes = Dim.of(c.attrs().ints("axes").map(List::size).orElse(d.size()));
            if (c.dims(3).filter(List::isEmpty).isPresent()) {
                sizes.count(3, axes);
            }
            if (c.opset() >= 11 && c.dims(2).filter(List::isEmpty).isPresent()) {
                Sizes.atRun(c).count(2, axes);
            }
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return switch (c.attrs().stringOr("mode", "nearest")) {
            case "nearest" -> OpCost.FREE;
            case "cubic" -> CostRules.elementwise(c, 32);
            default -> CostRules.elementwise(c, 8);
        };
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
