package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Local response normalisation over `size` channels: a sum of squares, a power and a division.
public final class LRN implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("LRN", 1, 13)
            .in("X", "T")
            .out("Y", "T")
            .attr("alpha", 0.0001f)
            .attr("beta", 0.75f)
            .attr("bias", 1.0f)
            .required("size", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.attrs().intOr("size", 1) % 2 == 0) {
            c.fault("'size' counts a channel and as many on both sides: it must be odd");
        }
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.ofFlops(DimMath.mul(
                c.outputCount(0), DimMath.add(DimMath.mul(Dim.of(c.attrs().intOr("size", 1)), 2), 7)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
