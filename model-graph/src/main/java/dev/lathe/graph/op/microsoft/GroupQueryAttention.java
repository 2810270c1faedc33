package dev.lathe.graph.op.microsoft;

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
import java.util.List;
import java.util.Set;

/// Causal attention in which groups of query heads share a key-value head, with the key-value cache as
/// input and output. Counted without skipping masked scores.
public final class GroupQueryAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GroupQueryAttention", 1)
            .in("query", "T")
            .optIn("key", "T")
            .optIn("value", "T")
            .optIn("past_key", "C")
            .optIn("past_value", "C")
            .in("seqlens_k", "int32")
            .in("total_sequence_length", "int32")
            .optIn("cos_cache", "T")
            .optIn("sin_cache", "T")
            .optIn("position_ids", "int64")
            .optIn("attention_bias", "T")
            .optIn("head_sink", "T")
            .optIn("k_scale", "float32")
            .optIn("v_scale", "float32")
            .optIn("q_norm_weight", "T")
            .optIn("k_norm_weight", "T")
            .out("output", "T")
            .optOut("present_key", "C")
            .optOut("present_value", "C")
            .optOut("output_qk", "T")
            .required("num_heads", AttrSpec.Kind.INT)
            .required("kv_num_heads", AttrSpec.Kind.INT)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .attr("softcap", AttrSpec.Kind.FLOAT)
            .attr("local_window_size", -1L)
            .attr("causal", 1L)
            .attr("do_rotary", 0L)
            .attr("rotary_interleaved", 0L)
            .attr("smooth_softmax", -1L)
            .attr("sliding_window_cache", 0L)
            .attr("qk_output", 0L)
            .attr("qk_norm_epsilon", 1e-6f)
            .attr("k_quant_type", "NONE")
            .attr("v_quant_type", "NONE")
            .attr("kv_cache_bit_width", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        HeadSizes.grouped(c);
        List<Dim> q = c.dims(0).filter(d -> d.size() == 3).orElse(List.of());
        if (q.isEmpty()) {
            return;
        }
        long heads = c.attrs().intOr("num_heads", 1);
        long groups = c.attrs().intOr("kv_num_heads", 1);
        // Without a key input the query packs all three.
        Dim size = DimMath.floorDiv(q.get(2), c.has(1) ? heads : heads + 2 * groups);
        c.output(0, List.of(q.get(0), q.get(1), DimMath.mul(size, heads)));
        Dim past = c.has(3)
                ? c.dims(3).filter(p -> p.size() == 4).map(p -> p.get(2)).orElse(Dim.unknown())
                : Dim.of(0);
        // A cache of 4 bits has two numbers in a byte.
        Dim width = c.has(3)
                ? c.dims(3).filter(p -> p.size() == 4).map(List::getLast).orElse(Dim.unknown())
                : size;
        // A buffer that past and present share is as long as it was; one that moves its window is so in any case.
        Dim total = c.elements(6)
                .filter(e -> e.size() == 1)
                .map(e -> DimMath.max(past, e.getFirst()))
                .orElseGet(() -> DimMath.add(past, q.get(1)));
        Dim length = c.attrs().intOr("sliding_window_cache", 0) != 0 ? past : total;
        List<Dim> present = List.of(q.get(0), Dim.of(groups), length, width);
        c.output(1, c.dtype(3).or(() -> c.dtype(0)), Shape.of(present));
        c.output(2, c.dtype(4).or(() -> c.dtype(0)), Shape.of(present));
        // Of a shared buffer only the part that is filled.
        Dim filled = c.elements(6)
                .filter(e -> e.size() == 1)
                .map(List::getFirst)
                .orElseGet(() -> DimMath.add(past, q.get(1)));
        c.output(3, List.of(q.get(0), Dim.of(heads), q.get(1), filled));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim heads = Dim.of(c.attrs().intOr("num_heads", 1));
        Dim size = DimMath.floorDiv(c.outputDim(0, 2), heads);
        // How many places of the cache are filled is an input: the last one of each sequence. Without its content all
        // are.
        OpCost attention = c.elements(5)
                .filter(last -> !last.isEmpty())
                .map(last -> CostRules.attention(
                        Dim.of(1), c.dim(0, 1), DimMath.add(DimMath.sum(last), last.size()), heads, size, size))
                .orElseGet(() -> CostRules.attention(c.dim(0, 0), c.dim(0, 1), c.outputDim(1, 2), heads, size, size));
        if (c.attrs().intOr("do_rotary", 0) == 0) {
            return attention;
        }
        // Queries and keys are turned: two products and a sum for each of their numbers.
        Dim turned = DimMath.mul(
                DimMath.add(heads, Dim.of(c.attrs().intOr("kv_num_heads", 1))),
                DimMath.product(List.of(c.dim(0, 0), c.dim(0, 1), size)));
        return attention.plus(OpCost.ofFlops(DimMath.mul(turned, 3)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
