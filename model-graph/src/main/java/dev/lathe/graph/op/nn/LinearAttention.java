package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Attention by a state of d_k × d_v per head that every position updates and reads, packed [batch, positions,
/// heads·d]. Counted as the recurrence: the outer product and the read are d_k·d_v multiply-accumulates each, the
/// delta rules read the state once more, and a decay costs d_k·d_v products.
public final class LinearAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("LinearAttention", 27)
            .in("query", "T")
            .rank(3)
            .in("key", "T")
            .rank(3)
            .in("value", "T")
            .rank(3)
            .optIn("past_state", "S")
            .rank(4)
            .optIn("decay", "T")
            .optIn("beta", "T")
            .out("output", "T")
            .out("present_state", "S")
            .attr("chunk_size", 64L)
            .required("kv_num_heads", AttrSpec.Kind.INT)
            .required("q_num_heads", AttrSpec.Kind.INT)
            .attr("scale", 0.0f)
            .attr("update_rule", "gated_delta")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        long queries = c.attrs().intOr("q_num_heads", 0);
        long heads = c.attrs().intOr("kv_num_heads", 0);
        if (queries <= 0 || heads <= 0) {
            return;
        }
        Dim keySize = DimMath.floorDiv(CostContext.dim(c.type(1), -1), heads);
        Dim valueSize = DimMath.floorDiv(CostContext.dim(c.type(2), -1), heads);
        Dim batch = CostContext.dim(c.type(0), 0);
        c.output(0, List.of(batch, CostContext.dim(c.type(0), 1), DimMath.mul(valueSize, queries)));
        c.output(1, c.dtype(3).or(() -> c.dtype(0)), Shape.of(List.of(batch, Dim.of(heads), keySize, valueSize)));
    }

    @Override
    public OpCost cost(CostContext c) {
        long queries = c.attrs().intOr("q_num_heads", 0);
        long heads = c.attrs().intOr("kv_num_heads", 0);
        if (queries <= 0 || heads <= 0) {
            return OpCost.UNKNOWN;
        }
        String rule = c.attrs().stringOr("update_rule", "gated_delta");
        Dim state = DimMath.mul(DimMath.floorDiv(c.dim(1, -1), heads), DimMath.floorDiv(c.dim(2, -1), heads));
        Dim positions = DimMath.mul(c.dim(0, 0), c.dim(0, 1));
        long updates = heads * (rule.contains("delta") ? 2 : 1);
        Dim macs = DimMath.mul(DimMath.mul(positions, state), Dim.of(updates + queries));
        Dim decays = rule.contains("gated") ? DimMath.mul(DimMath.mul(positions, state), heads) : Dim.of(0);
        return OpCost.ofMacs(macs, DimMath.add(decays, c.outputCount(0)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
