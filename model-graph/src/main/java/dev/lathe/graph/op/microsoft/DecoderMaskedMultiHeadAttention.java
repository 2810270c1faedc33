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

/// Attention of one new position per sequence, query [batch, 1, hidden] or all three packed, over a cache of the
/// positions before, or over key and value [batch, heads, keys, size] of another sequence. How much of a shared cache
/// is filled, data tells: the cost is unknown then.
public final class DecoderMaskedMultiHeadAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "DecoderMaskedMultiHeadAttention", 1)
            .in("query", "T")
            .rank(3)
            .optIn("key", "T")
            .optIn("value", "T")
            .optIn("mask_index", "int32")
            .optIn("attention_bias", "T")
            .optIn("past_key", "T")
            .rank(4)
            .optIn("past_value", "T")
            .rank(4)
            .optIn("past_sequence_length", "int32")
            .optIn("beam_width", "int32")
            .optIn("cache_indirection", "int32")
            .optIn("bias", "T")
            .out("output", "T")
            .optOut("present_key", "T")
            .optOut("present_value", "T")
            .optOut("qk", "QK")
            .attr("mask_filter_value", AttrSpec.Kind.FLOAT)
            .required("num_heads", AttrSpec.Kind.INT)
            .attr("output_qk", AttrSpec.Kind.INT)
            .attr("past_present_share_buffer", AttrSpec.Kind.INT)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (!HeadSizes.heads(c, "num_heads")) {
            return;
        }
        Sizes.atLoading(c).ranks(2, 3, 4);
        Sizes sizes = Sizes.atRun(c).extent(0, 1, Dim.of(1)).same(1, 0, 0, 0).same(2, 0, 0, 0);
        if (c.dims(1).filter(d -> d.size() == 3).isPresent()) {
            sizes.rank(2, 3).same(1, 2, 0, 2).same(2, 1, 1, 1);
            sizes.divides(Sizes.of(c, 0, 2), c.attrs().intOr("num_heads", 1), "columns of the queries in heads");
        } else {
            sizes.ranks(1, 4, 4).rank(2, 4);
        }
        long heads = c.attrs().intOr("num_heads", 1);
        List<Dim> query = Extents.of(c, 0, 3);
        boolean packed = !c.has(1) && !c.has(2);
        Dim hidden = packed ? DimMath.floorDiv(query.get(2), 3) : MultiHeadAttention.width(c, 2, query.get(2));
        c.output(0, List.of(query.get(0), query.get(1), hidden));
        List<Dim> past = Extents.of(c, 5, 4);
        boolean shared = c.attrs().intOr("past_present_share_buffer", 0) != 0;
        Dim total = shared ? past.get(2) : DimMath.add(past.get(2), query.get(1));
        if (c.has(5)) {
            List<Dim> present = List.of(past.get(0), past.get(1), total, past.get(3));
            c.output(1, present);
            c.output(2, present);
        }
        Dim keys = c.has(5) ? total : CostContext.dim(c.type(1), -2);
        c.output(3, List.of(query.get(0), Dim.of(heads), query.get(1), shared ? Dim.unknown() : keys));
    }

    @Override
    public OpCost cost(CostContext c) {
        long heads = c.attrs().intOr("num_heads", 1);
        boolean shared = c.attrs().intOr("past_present_share_buffer", 0) != 0;
        Dim filled = c.has(7)
                ? c.elements(7).filter(e -> e.size() == 1).map(List::getFirst).orElse(Dim.unknown())
                : Dim.unknown();
        Dim keys = !c.has(5) ? c.dim(1, -2) : DimMath.add(shared ? filled : c.dim(5, 2), c.dim(0, 1));
        Dim size = DimMath.floorDiv(c.outputDim(0, 2), heads);
        return CostRules.attention(c.dim(0, 0), c.dim(0, 1), keys, Dim.of(heads), size, size);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
