package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// Matrix product, perhaps of 8-bit floats, with the element type that `dtype` states; an activation costs 4 per
/// element.
public final class GemmFloat8 implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GemmFloat8", 1)
            .in("A", "TA")
            .rank(2)
            .in("B", "TB")
            .rank(2)
            .optIn("C", "TC")
            .optIn("scaleA", "float32")
            .optIn("scaleB", "float32")
            .optIn("scaleY", "float32")
            .out("Y", "TR")
            .attr("activation", AttrSpec.Kind.STRING)
            .attr("alpha", 1.0f)
            .attr("beta", 0.0f)
            .attr("dtype", 1L)
            .attr("transA", 0L)
            .attr("transB", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<DType> dtype = DType.ofOnnxCode((int) c.attrs().intOr("dtype", 1));
        c.output(0, dtype, Shape.of(FusedGemm.product(c)));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim k = c.dim(0, c.attrs().intOr("transA", 0) != 0 ? 0 : 1);
        boolean active = !c.attrs().stringOr("activation", "NONE").equals("NONE");
        int others = (c.has(2) ? 1 : 0) + (active ? CostRules.TRANSCENDENTAL : 0);
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), k), DimMath.mul(c.outputCount(0), others));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
