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

/// Causal attention of which a mask skips blocks, with a key-value cache that grows in place. Which blocks count and
/// how far the cache is filled, only the data tells, and so the cost is unknown.
public final class SparseAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "SparseAttention", 1)
            .in("query", "T")
            .rank(3)
            .optIn("key", "T")
            .optIn("value", "T")
            .in("past_key", "T")
            .rank(4)
            .in("past_value", "T")
            .rank(4)
            .in("block_row_indices", "int32")
            .in("block_col_indices", "int32")
            .in("total_sequence_length", "int32")
            .in("key_total_sequence_lengths", "int32")
            .optIn("cos_cache", "T")
            .optIn("sin_cache", "T")
            .out("output", "T")
            .out("present_key", "T")
            .out("present_value", "T")
            .attr("do_rotary", AttrSpec.Kind.INT)
            .required("kv_num_heads", AttrSpec.Kind.INT)
            .required("num_heads", AttrSpec.Kind.INT)
            .attr("rotary_interleaved", AttrSpec.Kind.INT)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .required("sparse_block_size", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> q = Extents.of(c, 0, 3);
        long heads = c.attrs().intOr("num_heads", 1);
        long packed = heads + 2 * c.attrs().intOr("kv_num_heads", 1);
        // Without a value input the query packs all three.
        Dim hidden = c.has(2) || packed <= 0 ? q.get(2) : DimMath.mul(DimMath.floorDiv(q.get(2), packed), heads);
        c.output(0, List.of(q.get(0), q.get(1), hidden));
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
}
