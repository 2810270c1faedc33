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

/// Channels rearranged into blocks of pixels.
public final class DepthToSpace implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("DepthToSpace", 1, 11, 13, 28)
            .in("input", "T")
            .rank(4)
            .out("output", "T")
            .required("blocksize", AttrSpec.Kind.INT)
            .attr("mode", "DCR")
            .oneOf("DCR", "CRD")
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
                                DimMath.floorDiv(d.get(1), b * b),
                                DimMath.mul(d.get(2), b),
                                DimMath.mul(d.get(3), b))));
        Sizes.atRun(c).divides(Sizes.of(c, 0, 1), b * b, "channels in blocks");
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
