package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
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
        sizes(c);
    }

    /// B [N, ⌈K / block⌉, block · bits / 8], a scale and a zero point (in `bits` bits) for each block, in a vector or a
    /// matrix.
    private static void sizes(InferContext c) {
        long bits = c.attrs().intOr("bits", 4);
        long block = c.attrs().intOr("block_size", 0);
        long n = c.attrs().intOr("N", 0);
        long k = c.attrs().intOr("K", 0);
        if (bits != 2 && bits != 4 && bits != 8) {
            c.fault("'bits' must be 2, 4 or 8, and is " + bits);
            return;
        }
        if (block < 16 || block > 256 || Long.bitCount(block) != 1) {
            c.fault("'block_size' must be 16, 32, 64, 128 or 256, and is " + block);
            return;
        }
        if (c.attrs().intOr("weight_prepacked", 0) != 0) {
            return;
        }
        long blocks = Math.ceilDiv(k, block);
        long zeros = c.dtype(3).filter(t -> t == DType.UINT8).isPresent() ? Math.ceilDiv(blocks * bits, 8) : blocks;
        // Constants are brought into another order when the model is loaded.
        at(c, 1).shape(1, Dim.of(n), Dim.of(blocks), Dim.of(block * bits / 8));
        at(c, 2).oneOf(2, List.of(List.of(Dim.of(n * blocks)), List.of(Dim.of(n), Dim.of(blocks))));
        at(c, 3).oneOf(3, List.of(List.of(Dim.of(n * zeros)), List.of(Dim.of(n), Dim.of(zeros))));
        Sizes.atRun(c)
                .oneOf(4, List.of(List.of(Dim.of(k)), List.of(Dim.of(blocks * block))))
                .shape(5, Dim.of(n));
    }

    private static Sizes at(InferContext c, int input) {
        return c.constant(input).isPresent() ? Sizes.atLoading(c) : Sizes.atRun(c);
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
