package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Attention of sequences packed behind each other, [tokens, hidden], with keys and values in blocks [blocks, block,
/// heads, size] that tables assign. How long each sequence is, only the data tells, and so the cost is unknown.
public final class PagedAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "PagedAttention", 1)
            .in("query", "T")
            .rank(2)
            .optIn("key", "T")
            .optIn("value", "T")
            .in("key_cache", "T_CACHE")
            .rank(4)
            .optIn("value_cache", "T_CACHE")
            .in("cumulative_sequence_length", "int32")
            .in("past_seqlens", "int32")
            .in("block_table", "int32")
            .optIn("cos_cache", "T")
            .optIn("sin_cache", "T")
            .optIn("slot_mapping", "int32")
            .optIn("head_sink", "T")
            .optIn("q_norm_weight", "T")
            .optIn("k_norm_weight", "T")
            .optIn("k_scale", "float32")
            .optIn("v_scale", "float32")
            .optIn("attention_metadata", "int32")
            .out("output", "T")
            .optOut("key_cache_out", "T_CACHE")
            .optOut("value_cache_out", "T_CACHE")
            .attr("do_rotary", AttrSpec.Kind.INT)
            .attr("is_causal", 1L)
            .attr("k_cache_dtype", "")
            .attr("k_quant_type", "NONE")
            .attr("kv_cache_layout", "SEPARATE")
            .oneOf("SEPARATE", "LATENT")
            .required("kv_num_heads", AttrSpec.Kind.INT)
            .attr("local_window_size", -1L)
            .required("num_heads", AttrSpec.Kind.INT)
            .attr("qk_norm_epsilon", AttrSpec.Kind.FLOAT)
            .attr("rotary_interleaved", AttrSpec.Kind.INT)
            .attr("rotary_offset", AttrSpec.Kind.INT)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .attr("softcap", AttrSpec.Kind.FLOAT)
            .attr("v_cache_dtype", "")
            .attr("v_head_size", AttrSpec.Kind.INT)
            .attr("v_quant_type", "NONE")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> q = Extents.of(c, 0, 2);
        c.output(0, List.of(q.getFirst(), width(c, q.getLast())));
        c.output(1, c.shape(3));
        c.output(2, c.shape(4));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }

    private static Dim width(InferContext c, Dim hidden) {
        long heads = c.attrs().intOr("num_heads", 1);
        long size = c.attrs().intOr("v_head_size", 0);
        if (c.attrs().stringOr("kv_cache_layout", "SEPARATE").equals("LATENT")) {
            return size == 0 ? hidden : Dim.of(heads * size);
        }
        // Without a value input the query packs all three.
        long packed = heads + 2 * c.attrs().intOr("kv_num_heads", 1);
        return c.has(2) || packed <= 0 ? hidden : DimMath.mul(DimMath.floorDiv(hidden, packed), heads);
    }
}
