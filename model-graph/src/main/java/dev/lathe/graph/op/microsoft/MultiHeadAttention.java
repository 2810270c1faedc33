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
        HeadSizes.apart(c);
        List<Dim> q = c.dims(0).filter(d -> d.size() == 3 || d.size() == 5).orElse(List.of());
        if (q.isEmpty()) {
            return;
        }
        long heads = c.attrs().intOr("num_heads", 1);
        Dim asked = asked(q);
        Dim hidden = width(c, 2, asked);
        c.output(0, List.of(q.get(0), q.get(1), hidden));
        Dim keys = c.dims(1)
                .filter(k -> k.size() >= 3)
                .map(MultiHeadAttention::keys)
                .orElse(q.get(1));
        Dim past = c.has(6) ? Extents.of(c, 6, 4).get(2) : Dim.of(0);
        // Past and present share a buffer where the place in it is an input.
        Dim total = c.has(6) && c.has(8) ? past : DimMath.add(keys, past);
        c.output(1, List.of(q.get(0), Dim.of(heads), total, DimMath.floorDiv(asked, heads)));
        c.output(2, List.of(q.get(0), Dim.of(heads), total, DimMath.floorDiv(hidden, heads)));
        c.output(3, c.dtype(0), Shape.of(List.of(q.get(0), Dim.of(heads), q.get(1), total)));
    }

    /// How wide queries, and so keys, are together: those of [batch, queries, hidden], or of [batch, queries, heads, 3,
    /// size], which packs all three.
    private static Dim asked(List<Dim> query) {
        return query.size() == 5 ? DimMath.mul(query.get(2), query.get(4)) : query.getLast();
    }

    /// How wide the values are together: those of [batch, keys, hidden] or of [batch, heads, keys, size].
    static Dim width(InferContext c, int value, Dim otherwise) {
        return c.dims(value)
                .filter(v -> !v.isEmpty())
                .map(v -> v.size() == 4 ? DimMath.mul(v.get(1), v.get(3)) : v.getLast())
                .orElse(otherwise);
    }

    /// The keys of [batch, keys, hidden], of [batch, heads, keys, size] or of [batch, keys, heads, 2, size].
    private static Dim keys(List<Dim> key) {
        return key.get(key.size() == 4 ? 2 : 1);
    }

    @Override
    public OpCost cost(CostContext c) {
        long heads = c.attrs().intOr("num_heads", 1);
        Dim size = c.input(0).shape() instanceof Shape.Ranked(List<Dim> q) && (q.size() == 3 || q.size() == 5)
                ? DimMath.floorDiv(asked(q), heads)
                : Dim.unknown();
        Dim past = c.has(6) ? c.dim(6, 2) : Dim.of(0);
        Dim made = !c.has(1) ? c.dim(0, 1) : c.dim(1, rank(c, 1) == 4 ? 2 : 1);
        if (c.has(6) && c.has(8)) {
            // Of a shared buffer as much counts as is filled.
            past = c.elements(8).filter(e -> e.size() == 1).map(List::getFirst).orElse(Dim.unknown());
        }
        Dim keys = DimMath.add(made, past);
        return CostRules.attention(
                c.dim(0, 0), c.dim(0, 1), keys, Dim.of(heads), size, DimMath.floorDiv(c.outputDim(0, 2), heads));
    }

    private static int rank(CostContext c, int input) {
        return c.input(input).shape() instanceof Shape.Ranked(List<Dim> dims) ? dims.size() : 0;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
