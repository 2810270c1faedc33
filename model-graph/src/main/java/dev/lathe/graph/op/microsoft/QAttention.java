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
import java.util.List;
import java.util.Set;

/// Attention on quantized input and weights.
public final class QAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QAttention", 1)
            .in("input", "T1")
            .in("weight", "T2")
            .in("bias", "T3")
            .in("input_scale", "T3")
            .in("weight_scale", "T3")
            .optIn("mask_index", "int32")
            .optIn("input_zero_point", "T1")
            .optIn("weight_zero_point", "T2")
            .optIn("past", "T3")
            .out("output", "T3")
            .optOut("present", "T3")
            .required("num_heads", AttrSpec.Kind.INT)
            .attr("unidirectional", 0L)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .attr("mask_filter_value", AttrSpec.Kind.FLOAT)
            .attr("do_rotary", AttrSpec.Kind.INT)
            .attr("past_present_share_buffer", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        HeadSizes.packed(c, 8, 5);
        MsAttention.outputs(c, 8);
        List<List<Dim>> each = List.of(List.of(), List.of(Dim.of(1)), List.of(Sizes.of(c, 1, 1)));
        Sizes.atRun(c).single(3).oneOf(4, each).single(6).oneOf(7, each);
    }

    @Override
    public OpCost cost(CostContext c) {
        long heads = c.attrs().intOr("num_heads", 1);
        Dim size = DimMath.floorDiv(c.outputDim(0, 2), heads);
        Dim keys = DimMath.add(c.dim(0, 1), c.has(8) ? c.dim(8, 3) : Dim.of(0));
        Dim projection = DimMath.mul(DimMath.mul(c.dim(0, 0), c.dim(0, 1)), c.inputCount(1));
        return OpCost.ofMacs(projection, DimMath.mul(DimMath.mul(c.dim(0, 0), c.dim(0, 1)), c.dim(1, 1)))
                .plus(CostRules.attention(c.dim(0, 0), c.dim(0, 1), keys, Dim.of(heads), size, size));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
