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

/// The query, key and value products with weights of N bits after a fused normalization: unpacking a weight costs
/// 2, the normalization 6 per element.
public final class MatMulNBitsQkv implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MatMulNBitsQkv", 1)
            .in("A", "T1")
            .optIn("skip", "T1")
            .in("norm_scale", "T1")
            .in("q_B", "uint8")
            .in("q_scales", "T1")
            .optIn("q_bias", "T1")
            .in("k_B", "uint8")
            .in("k_scales", "T1")
            .optIn("k_bias", "T1")
            .in("v_B", "uint8")
            .in("v_scales", "T1")
            .optIn("v_bias", "T1")
            .out("Q", "T1")
            .out("K", "T1")
            .out("V", "T1")
            .optOut("input_skip_bias_sum", "T1")
            .required("K", AttrSpec.Kind.INT)
            .required("Nkv", AttrSpec.Kind.INT)
            .required("Nq", AttrSpec.Kind.INT)
            .attr("accuracy_level", 0L)
            .attr("bits", 4L)
            .required("block_size", AttrSpec.Kind.INT)
            .attr("epsilon", 1.0e-6f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).filter(d -> !d.isEmpty()).ifPresent(d -> {
            c.unify(d.getLast(), Dim.of(c.attrs().intOr("K", 0)));
            for (int i = 0; i < 3; i++) {
                List<Dim> out = new ArrayList<>(d);
                out.set(d.size() - 1, Dim.of(c.attrs().intOr(i == 0 ? "Nq" : "Nkv", 0)));
                c.output(i, out);
            }
            c.output(3, d);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        long columns = c.attrs().intOr("Nq", 0) + 2 * c.attrs().intOr("Nkv", 0);
        Dim weights = DimMath.mul(Dim.of(c.attrs().intOr("K", 0)), columns);
        return OpCost.ofMacs(DimMath.mul(c.inputCount(0), columns), DimMath.mul(weights, 2))
                .plus(CostRules.perInputElement(c, 6));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
