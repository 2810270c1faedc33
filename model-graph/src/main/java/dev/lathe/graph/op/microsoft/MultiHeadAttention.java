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

/// Softmax attention of query [batch, sequence, hidden] with key and value of the same form, or [batch,
/// heads, keys, size].
public final class MultiHeadAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MultiHeadAttention", 1)
            .in("query", "T")
            .optIn("key", "T")
            .optIn("value", "T")
            .optIn("bias", "T")
            .optIn("key_padding_mask", "int32")
            .optIn("attention_bias", "T")
            .optIn("past_key", "T")
            .optIn("past_value", "T")
            .optIn("past_sequence_length", "int32")
            .optIn("cache_indirection", "int32")
            .out("output", "T")
            .optOut("present_key", "T")
            .optOut("present_value", "T")
            .optOut("qk", "QK")
            .required("num_heads", AttrSpec.Kind.INT)
            .attr("unidirectional", 0L)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .attr("mask_filter_value", AttrSpec.Kind.FLOAT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> q = c.dims(0).filter(d -> d.size() == 3).orElse(List.of());
        if (q.isEmpty()) {
            return;
        }
        long heads = c.attrs().intOr("num_heads", 1);
        Dim hidden = c.dims(2)
                .map(v -> v.size() == 4 ? DimMath.mul(v.get(1), v.get(3)) : v.getLast())
                .orElse(q.get(2));
        c.output(0, List.of(q.get(0), q.get(1), hidden));
        Dim keys = c.dims(1)
                .filter(k -> k.size() >= 3)
                .map(k -> k.get(k.size() - 2))
                .orElse(q.get(1));
        Dim past = c.has(6)
                ? c.dims(6).filter(p -> p.size() == 4).map(p -> p.get(2)).orElse(Dim.unknown())
                : Dim.of(0);
        List<Dim> present = List.of(q.get(0), Dim.of(heads), DimMath.add(keys, past), DimMath.floorDiv(hidden, heads));
        c.output(1, present);
        c.output(2, present);
    }

    @Override
    public OpCost cost(CostContext c) {
        long heads = c.attrs().intOr("num_heads", 1);
        Dim size = DimMath.floorDiv(c.outputDim(0, 2), heads);
        Dim past = c.has(6) ? c.dim(6, 2) : Dim.of(0);
        Dim keys = DimMath.add(c.has(1) ? c.dim(1, -2) : c.dim(0, 1), past);
        return CostRules.attention(c.dim(0, 0), c.dim(0, 1), keys, Dim.of(heads), size, size);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
