package dev.lathe.graph.op.tensor;

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

/// Blocks of pixels rearranged into channels.
public final class SpaceToDepth implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SpaceToDepth", 1, 13, 28)
            .in("input", "T")
            .rank(4)
            .out("output", "T")
            .required("blocksize", AttrSpec.Kind.INT)
            .attr("mode", "DCR")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        long b = c.attrs().intOr("blocksize", 1);
        c.dims(0)
                .filter(d -> d.size() == 4)
                .ifPresent(d -> c.output(
                        0,
                        List.of(
                                d.get(0),
                                DimMath.mul(d.get(1), b * b),
                                DimMath.floorDiv(d.get(2), b),
                                DimMath.floorDiv(d.get(3), b))));
        Sizes.atRun(c)
                .divides(Sizes.of(c, 0, 2), b, "rows in blocks")
                .divides(Sizes.of(c, 0, 3), b, "columns in blocks");
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
