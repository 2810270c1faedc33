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

/// Self-attention of sequences packed behind each other, [tokens, features], with its projections. How long each
/// sequence is, only the data tells, and so the cost is unknown.
public final class PackedAttention implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "PackedAttention", 1)
            .in("input", "T")
            .rank(2)
            .in("weights", "T")
            .in("bias", "T")
            .rank(1)
            .in("token_offset", "int32")
            .in("cumulative_sequence_length", "int32")
            .optIn("attention_bias", "T")
            .out("output", "T")
            .required("num_heads", AttrSpec.Kind.INT)
            .attr("qkv_hidden_sizes", AttrSpec.Kind.INTS)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Long> sizes = c.attrs().ints("qkv_hidden_sizes").orElse(List.of());
        Dim hidden = sizes.size() == 3 ? Dim.of(sizes.get(2)) : DimMath.floorDiv(CostContext.dim(c.type(2), 0), 3);
        c.output(0, List.of(CostContext.dim(c.type(0), 0), hidden));
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
