package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A times weights of N bits in blocks: output columns N, inner extent K; unpacking a weight costs 2.
public final class MatMulNBits implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MatMulNBits", 1)
            .in("A", "T1")
            .in("B", "T2")
            .in("scales", "T1")
            .optIn("zero_points", "T3")
            .optIn("g_idx", "T4")
            .optIn("bias", "T1")
            .out("Y", "T1")
            .required("K", AttrSpec.Kind.INT)
            .required("N", AttrSpec.Kind.INT)
            .attr("bits", 4L)
            .required("block_size", AttrSpec.Kind.INT)
            .attr("accuracy_level", 0L)
            .attr("weight_prepacked", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).filter(d -> !d.isEmpty()).ifPresent(d -> {
            c.unify(d.getLast(), Dim.of(c.attrs().intOr("K", 0)));
            List<Dim> out = new ArrayList<>(d);
            out.set(d.size() - 1, Dim.of(c.attrs().intOr("N", 0)));
            c.output(0, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim weights = DimMath.mul(Dim.of(c.attrs().intOr("K", 0)), c.attrs().intOr("N", 0));
        return CostRules.matmul(c, 0).plus(OpCost.of(Dim.of(0), DimMath.mul(weights, 2)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
