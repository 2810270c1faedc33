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

/// Attention of sequences packed behind each other, [tokens, hidden], or all three of query, key and value as
/// [tokens, heads, 3, size]. How long each sequence is, only the data tells, and so the cost is unknown.
public final class PackedMultiHeadAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "PackedMultiHeadAttention", 1)
            .in("query", "T")
            .ranks(2, 4)
            .optIn("key", "T")
            .optIn("value", "T")
            .rank(2)
            .optIn("bias", "T")
            .in("token_offset", "int32")
            .in("cumulative_sequence_length", "int32")
            .optIn("attention_bias", "T")
            .out("output", "T")
            .attr("mask_filter_value", AttrSpec.Kind.FLOAT)
            .required("num_heads", AttrSpec.Kind.INT)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).ifPresent(q -> {
            Dim hidden = q.size() == 4
                    ? DimMath.mul(q.get(1), q.get(3))
                    : c.has(2) ? CostContext.dim(c.type(2), 1) : q.getLast();
            c.output(0, List.of(q.getFirst(), hidden));
        });
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
