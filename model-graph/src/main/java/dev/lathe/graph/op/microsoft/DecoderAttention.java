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
import java.util.Optional;
import java.util.Set;

/// Attention of a decoder with its projections: query [positions, batch, hidden] by q_weight, keys and values of the
/// input `key` by kv_weight, and a cache [batch, heads, keys, size] of them. What of the cache is taken, flags tell:
/// with `static_kv` it holds all keys, else those before.
public final class DecoderAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "DecoderAttention", 1)
            .in("query", "T")
            .rank(3)
            .in("key", "T")
            .rank(3)
            .in("q_weight", "T")
            .in("kv_weight", "T")
            .in("bias", "T")
            .optIn("key_padding_mask", "bool")
            .optIn("key_cache", "T")
            .rank(4)
            .optIn("value_cache", "T")
            .rank(4)
            .in("static_kv", "bool")
            .in("use_past", "bool")
            .in("has_layer_state", "bool")
            .in("has_key_padding_mask", "bool")
            .out("output", "T")
            .optOut("new_key_cache", "T")
            .optOut("new_value_cache", "T")
            .attr("mask_filter_value", AttrSpec.Kind.FLOAT)
            .required("num_heads", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, c.shape(0));
        List<Dim> query = Extents.of(c, 0, 3);
        long heads = c.attrs().intOr("num_heads", 1);
        List<Dim> cache = List.of(query.get(1), Dim.of(heads), keys(c), DimMath.floorDiv(query.get(2), heads));
        c.output(1, cache);
        c.output(2, cache);
    }

    @Override
    public OpCost cost(CostContext c) {
        Optional<Boolean> fixed = flag(c.elements(8));
        Optional<Boolean> past = both(flag(c.elements(9)), flag(c.elements(10)));
        if (fixed.isEmpty() || past.isEmpty()) {
            return OpCost.UNKNOWN;
        }
        long heads = c.attrs().intOr("num_heads", 1);
        Dim hidden = c.dim(0, 2);
        boolean cached = fixed.get() && past.get();
        Dim made = cached ? Dim.of(0) : fixed.get() ? c.dim(1, 0) : c.dim(0, 0);
        Dim before = past.get() ? c.dim(6, 2) : Dim.of(0);
        Dim rows = DimMath.add(c.dim(0, 0), DimMath.mul(made, 2));
        Dim projected = DimMath.mul(DimMath.mul(rows, c.dim(0, 1)), hidden);
        Dim size = DimMath.floorDiv(hidden, heads);
        return OpCost.ofMacs(DimMath.mul(projected, hidden), projected)
                .plus(CostRules.attention(
                        c.dim(0, 1), c.dim(0, 0), DimMath.add(made, before), Dim.of(heads), size, size));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }

    /// Keys behind the cache: those in it, those made of the inputs, or both.
    private static Dim keys(InferContext c) {
        Optional<Boolean> fixed = flag(c.elements(8));
        Optional<Boolean> past = both(flag(c.elements(9)), flag(c.elements(10)));
        if (fixed.isEmpty() || past.isEmpty()) {
            return Dim.unknown();
        }
        Dim cached = past.get() ? CostContext.dim(c.type(6), 2) : Dim.of(0);
        if (fixed.get()) {
            return past.get() ? cached : CostContext.dim(c.type(1), 0);
        }
        return DimMath.add(cached, CostContext.dim(c.type(0), 0));
    }

    /// A cache is taken where there is one and it is wanted.
    private static Optional<Boolean> both(Optional<Boolean> wanted, Optional<Boolean> there) {
        return wanted.flatMap(a -> there.map(b -> a && b));
    }

    private static Optional<Boolean> flag(Optional<List<Dim>> elements) {
        return elements.filter(e -> e.size() == 1)
                .flatMap(e -> e.getFirst().fixed().stream().boxed().findFirst())
                .map(n -> n != 0);
    }
}
