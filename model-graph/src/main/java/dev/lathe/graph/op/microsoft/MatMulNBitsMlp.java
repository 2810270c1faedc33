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

/// The gate and up products of a gated layer with weights of N bits, after a perhaps fused normalization: output
/// columns N, inner extent K; unpacking a weight costs 2, the gate 5 and the normalization 6 per element.
public final class MatMulNBitsMlp implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MatMulNBitsMlp", 1)
            .in("A", "T1")
            .optIn("skip", "T1")
            .optIn("norm_scale", "T1")
            .in("gate_B", "uint8")
            .in("gate_scales", "T1")
            .optIn("gate_bias", "T1")
            .in("up_B", "uint8")
            .in("up_scales", "T1")
            .optIn("up_bias", "T1")
            .out("Y", "T1")
            .optOut("input_skip_bias_sum", "T1")
            .required("K", AttrSpec.Kind.INT)
            .required("N", AttrSpec.Kind.INT)
            .attr("accuracy_level", 0L)
            .required("activation", AttrSpec.Kind.STRING)
            .attr("bits", 4L)
            .required("block_size", AttrSpec.Kind.INT)
            .attr("epsilon", 1.0e-5f)
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
            c.output(1, d);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim weights = DimMath.mul(Dim.of(c.attrs().intOr("K", 0)), 2 * c.attrs().intOr("N", 0));
        OpCost products =
                OpCost.ofMacs(DimMath.mul(DimMath.mul(c.outputCount(0), c.dim(0, -1)), 2), DimMath.mul(weights, 2));
        OpCost gated = products.plus(CostRules.elementwise(c, 5));
        return c.has(2) ? gated.plus(CostRules.perInputElement(c, 6)) : gated;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
