package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
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

/// Attention by a state of d_v × d_k per head that every token updates and reads; tokens are packed behind each
/// other, [tokens, heads, d], or stand as [batch, sequence, heads, d]. Counted as the recurrence, as in
/// LinearAttention: the outer product and the read are d_k·d_v multiply-accumulates each, the delta rules read the
/// state once more, and a decay costs d_k·d_v products. Fused: normalized queries and keys 3 per element, a decay of
/// 11 and a rate of 4 each.
public final class GatedDeltaNet implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GatedDeltaNet", 1)
            .in("query", "T")
            .ranks(3, 4)
            .in("key", "T")
            .in("value", "T")
            .ranks(3, 4)
            .optIn("cu_seqlens", "int32")
            .optIn("decay", "float32")
            .optIn("beta", "float32")
            .optIn("initial_state", "float32")
            .rank(4)
            .optIn("a_log", "float32")
            .optIn("dt_bias", "float32")
            .optIn("capture_count", "int32")
            .optIn("state_update_active", "int32")
            .out("output", "T")
            .optOut("final_state", "float32")
            .optOut("state_update", "float32")
            .attr("beta_activation", "none")
            .attr("chunk_size", 64L)
            .attr("gate_activation", "none")
            .attr("qk_l2_norm", 0L)
            .attr("scale", 0.0f)
            .attr("state_update_capacity", 0L)
            .attr("update_rule", "gated_delta")
            .oneOf("linear", "gated", "delta", "gated_delta")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> q = c.dims(0).orElse(List.of());
        List<Dim> v = c.dims(2).orElse(List.of());
        if (q.size() < 3 || q.size() != v.size()) {
            c.output(1, c.shape(6));
            return;
        }
        int heads = q.size() - 2;
        List<Dim> out = new ArrayList<>(q.subList(0, heads));
        out.add(DimMath.max(q.get(heads), v.get(heads)));
        out.add(v.getLast());
        c.output(0, out);
        Dim batch = c.has(9)
                ? CostContext.dim(c.type(9), 0)
                : q.size() == 4
                        ? q.getFirst()
                        : c.has(6) ? CostContext.dim(c.type(6), 0) : DimMath.sub(CostContext.dim(c.type(3), 0), 1);
        c.output(1, c.has(6) ? c.shape(6) : Shape.of(List.of(batch, v.get(heads), v.getLast(), q.getLast())));
        Dim key = DimMath.mul(q.get(heads), q.getLast());
        Dim value = DimMath.mul(v.get(heads), v.getLast());
        Dim width = DimMath.sum(List.of(v.get(heads), key, value));
        c.output(2, List.of(batch, DimMath.mul(width, c.attrs().intOr("state_update_capacity", 0))));
    }

    @Override
    public OpCost cost(CostContext c) {
        String rule = c.attrs().stringOr("update_rule", "gated_delta");
        // Tokens × heads × d_v × d_k.
        Dim states = DimMath.mul(c.inputCount(2), c.dim(0, -1));
        Dim decays = rule.contains("gated") ? states : Dim.of(0);
        boolean normal = c.attrs().intOr("qk_l2_norm", 0) != 0;
        Dim norms = normal ? DimMath.mul(DimMath.add(c.inputCount(0), c.inputCount(1)), 3) : Dim.of(0);
        boolean qwen = c.has(4) && c.attrs().stringOr("gate_activation", "none").equals("qwen");
        boolean sigmoid =
                c.has(5) && c.attrs().stringOr("beta_activation", "none").equals("sigmoid");
        Dim gates = DimMath.add(
                qwen ? DimMath.mul(c.inputCount(4), 11) : Dim.of(0),
                sigmoid ? DimMath.mul(c.inputCount(5), CostRules.TRANSCENDENTAL) : Dim.of(0));
        return OpCost.ofMacs(
                DimMath.mul(states, rule.contains("delta") ? 3 : 2),
                DimMath.sum(List.of(decays, norms, gates, c.outputCount(0))));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
