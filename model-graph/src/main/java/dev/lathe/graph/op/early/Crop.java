package dev.lathe.graph.op.early;

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
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A part of an image [N, C, H, W]: without its borders (left, top, right, bottom), or where `scale` is given so many
/// rows and columns from the left and top border on.
public final class Crop implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Crop", 1, 10)
            .in("input", "T")
            .out("output", "T")
            .attr("border", AttrSpec.Kind.INTS)
            .attr("scale", AttrSpec.Kind.INTS)
            .deprecated(10)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes at = Sizes.atRun(c).rank(0, 4);
        List<Long> border = c.attrs().ints("border").orElse(List.of());
        List<Long> scale = c.attrs().ints("scale").orElse(List.of());
        at.require(border.size() == 4, () -> "has " + border.size() + " borders, and must have 4")
                .require(scale.isEmpty() || scale.size() == 2, () -> "its scale " + scale + " must be rows and columns")
                .require(
                        Stream.concat(border.stream(), scale.stream()).allMatch(n -> n >= 0),
                        () -> "borders " + border + " and scale " + scale + " must not be below 0");
        if (!at.fit()) {
            return;
        }
        List<Dim> dims = c.dims(0).orElse(Sizes.any(4));
        Dim rows =
                rest(at, dims.get(2), border.get(1), scale.isEmpty() ? border.get(3) : scale.get(0), !scale.isEmpty());
        Dim columns =
                rest(at, dims.get(3), border.get(0), scale.isEmpty() ? border.get(2) : scale.get(1), !scale.isEmpty());
        if (at.fit()) {
            c.output(0, List.of(dims.get(0), dims.get(1), rows, columns));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.selection(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }

    /// What is left of an extent from `before` on: `other`, or all but `other` at its end.
    private static Dim rest(Sizes at, Dim extent, long before, long other, boolean wanted) {
        if (extent instanceof Dim.Fixed(long n)) {
            at.require(
                    before <= n && other <= n - before,
                    () -> "an extent of " + n + " is too small for " + before + " and " + other);
        }
        return wanted ? Dim.of(other) : DimMath.sub(DimMath.sub(extent, before), other);
    }
}
