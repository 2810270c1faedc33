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
import java.util.List;
import java.util.Set;

/// Self-attention of one new position per sequence with its projections: input [batch, 1, features] · weights
/// [features, 3·hidden], over a cache [2, batch, heads, positions, size]. How much of a shared cache is filled, data
/// tells: the cost is unknown then.
public final class DecoderMaskedSelfAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "DecoderMaskedSelfAttention", 1)
            .in("input", "T")
            .rank(3)
            .in("weights", "T")
            .rank(2)
            .in("bias", "T")
            .rank(1)
            .optIn("mask_index", "int32")
            .in("past", "T")
            .rank(5)
            .optIn("attention_bias", "T")
            .in("past_sequence_length", "int32")
            .optIn("beam_width", "int32")
            .optIn("cache_indirection", "int32")
            .out("output", "T")
            .out("present", "T")
            .attr("do_rotary", AttrSpec.Kind.INT)
            .attr("mask_filter_value", AttrSpec.Kind.FLOAT)
            .required("num_heads", AttrSpec.Kind.INT)
            .attr("past_present_share_buffer", AttrSpec.Kind.INT)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        MsAttention.outputs(c, 4);
    }

    @Override
    public OpCost cost(CostContext c) {
        long heads = c.attrs().intOr("num_heads", 1);
        boolean shared = c.attrs().intOr("past_present_share_buffer", 0) != 0;
        Dim filled =
                c.elements(6).filter(e -> e.size() == 1).map(List::getFirst).orElse(Dim.unknown());
        Dim keys = DimMath.add(shared ? filled : c.dim(4, 3), c.dim(0, 1));
        Dim size = DimMath.floorDiv(c.outputDim(0, 2), heads);
        Dim rows = DimMath.mul(c.dim(0, 0), c.dim(0, 1));
        return OpCost.ofMacs(DimMath.mul(rows, c.inputCount(1)), DimMath.mul(rows, c.dim(1, 1)))
                .plus(CostRules.attention(c.dim(0, 0), c.dim(0, 1), keys, Dim.of(heads), size, size));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
