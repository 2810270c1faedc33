package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Pairs of features rotated by three positions, of time, height and width: 3 per element.
public final class MRotaryEmbedding implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MRotaryEmbedding", 1)
            .in("input", "T")
            .in("position_ids", "int64")
            .in("cos_cache", "T")
            .in("sin_cache", "T")
            .out("output", "T")
            .attr("interleaved", AttrSpec.Kind.INT)
            .attr("is_packed_batching", AttrSpec.Kind.INT)
            .attr("mrope_layout", AttrSpec.Kind.INT)
            .required("mrope_section", AttrSpec.Kind.INTS)
            .attr("num_heads", AttrSpec.Kind.INT)
            .attr("rotary_embedding_dim", AttrSpec.Kind.INT)
            .attr("scale", AttrSpec.Kind.FLOAT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
