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
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A times weights of 4 bits in blocks, FP4 or NF4, as bitsandbytes packs them: output columns N, inner extent
/// K; unpacking a weight costs 2.
public final class MatMulBnb4 implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MatMulBnb4", 1)
            .in("A", "T1")
            .in("B", "uint8")
            .in("absmax", "T1")
            .out("Y", "T1")
            .required("K", AttrSpec.Kind.INT)
            .required("N", AttrSpec.Kind.INT)
            .required("block_size", AttrSpec.Kind.INT)
            .required("quant_type", AttrSpec.Kind.INT)
            .attr("training_mode", 0L)
            .attr("transB", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        for (String name : List.of("K", "N", "block_size")) {
            if (c.attrs().intOr(name, 1) <= 0) {
                c.fault("the attribute '" + name + "' must be greater than 0");
                return;
            }
        }
        long kind = c.attrs().intOr("quant_type", 0);
        if (kind != 0 && kind != 1) {
            c.fault("'quant_type' must be 0 (FP4) or 1 (NF4), and is " + kind);
            return;
        }
        boolean turned = c.attrs().intOr("transB", 1) != 0;
        Dim inner = Dim.of(c.attrs().intOr(turned ? "K" : "N", 0));
        Dim columns = Dim.of(c.attrs().intOr(turned ? "N" : "K", 0));
        c.dims(0).filter(d -> !d.isEmpty()).ifPresent(d -> {
            c.unify(d.getLast(), inner);
            List<Dim> out = new ArrayList<>(d);
            out.set(d.size() - 1, columns);
            c.output(0, out);
        });
        long block = c.attrs().intOr("block_size", 0);
        long numbers = c.attrs().intOr("K", 0) * c.attrs().intOr("N", 0);
        Sizes sizes = Sizes.atRun(c)
                .require(
                        block >= 16 && block <= 256 && Long.bitCount(block) == 1,
                        () -> "'block_size' must be 16, 32, 64, 128 or 256, and is " + block);
        if (sizes.fit()) {
            least(sizes, c, 1, Math.ceilDiv(numbers, 2));
            least(sizes, c, 2, Math.ceilDiv(numbers, block));
        }
    }

    private static void least(Sizes sizes, InferContext c, int input, long wanted) {
        if (c.dims(input).map(DimMath::product).orElse(Dim.unknown()) instanceof Dim.Fixed(long there)) {
            sizes.require(
                    there >= wanted,
                    () -> "input " + input + " has " + there + " elements for N, K and blocks that take " + wanted);
        }
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
