package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Attention by a state of d_k × d_v per head that every position updates and reads, packed [batch, positions,
/// heads·d]; `state_window` states are kept, one for each of the last positions. Counted as the recurrence: the outer
/// product and the read are d_k·d_v multiply-accumulates each, the delta rules read the state once more, and a decay
/// costs d_k·d_v products.
public final class MsLinearAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "LinearAttention", 1)
            .in("query", "T")
            .rank(3)
            .in("key", "T")
            .in("value", "T")
            .rank(3)
            .optIn("past_state", "S")
            .optIn("decay", "T")
            .optIn("beta", "T")
            .out("output", "T")
            .out("present_state", "S")
            .attr("chunk_size", 64L)
            .required("kv_num_heads", AttrSpec.Kind.INT)
            .required("q_num_heads", AttrSpec.Kind.INT)
            .attr("scale", 0.0f)
            .attr("state_window", 0L)
            .attr("update_rule", "gated_delta")
            .oneOf("linear", "gated", "delta", "gated_delta")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (!HeadSizes.heads(c, "q_num_heads", "kv_num_heads")) {
            return;
        }
        long queries = c.attrs().intOr("q_num_heads", 0);
        long heads = c.attrs().intOr("kv_num_heads", 0);
        if (queries <= 0 || heads <= 0) {
            return;
        }
        List<Dim> q = Extents.of(c, 0, 3);
        Dim size = DimMath.floorDiv(CostContext.dim(c.type(2), 2), heads);
        c.output(0, List.of(q.get(0), q.get(1), DimMath.mul(size, Math.max(queries, heads))));
        long window = c.attrs().intOr("state_window", 0);
        List<Dim> state = new ArrayList<>(window > 0 ? List.of(Dim.of(window)) : List.of());
        state.addAll(List.of(q.get(0), Dim.of(heads), DimMath.floorDiv(q.get(2), queries), size));
        c.output(1, c.dtype(3).or(() -> c.dtype(0)), Shape.of(state));
        long queryHeads = c.attrs().intOr("q_num_heads", 1);
        long keyHeads = c.attrs().intOr("kv_num_heads", 1);
        Sizes sizes = Sizes.atRun(c).rank(1, 3).rank(2, 3);
        for (int i = 1; i <= 2; i++) {
            sizes.same(i, 0, 0, 0).same(i, 1, 0, 1);
        }
        sizes.divides(Sizes.of(c, 0, 2), queryHeads, "columns of the queries in heads")
                .divides(Sizes.of(c, 2, 2), keyHeads, "columns of the values in heads");
        if (DimMath.floorDiv(Sizes.of(c, 0, 2), queryHeads) instanceof Dim.Fixed(long wide) && wide > 0) {
            sizes.divides(Sizes.of(c, 1, 2), wide, "columns of the keys in heads");
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        long queries = c.attrs().intOr("q_num_heads", 0);
        long heads = c.attrs().intOr("kv_num_heads", 0);
        if (queries <= 0 || heads <= 0) {
            return OpCost.UNKNOWN;
        }
        String rule = c.attrs().stringOr("update_rule", "gated_delta");
        Dim state = DimMath.mul(DimMath.floorDiv(c.dim(0, -1), queries), DimMath.floorDiv(c.dim(2, -1), heads));
        Dim states = DimMath.mul(DimMath.mul(c.dim(0, 0), c.dim(0, 1)), state);
        long products = heads * (rule.contains("delta") ? 2 : 1) + Math.max(queries, heads);
        Dim decays = rule.contains("gated") ? DimMath.mul(states, heads) : Dim.of(0);
        return OpCost.ofMacs(DimMath.mul(states, products), DimMath.add(decays, c.outputCount(0)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
