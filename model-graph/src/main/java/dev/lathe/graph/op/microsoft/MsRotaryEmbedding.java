package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Pairs of features rotated by the position: 3 per element.
public final class MsRotaryEmbedding implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "RotaryEmbedding", 1)
            .in("input", "T")
            .in("position_ids", "int64")
            .in("cos_cache", "T")
            .in("sin_cache", "T")
            .out("output", "T")
            .attr("interleaved", 0L)
            .attr("num_heads", 0L)
            .attr("rotary_embedding_dim", 0L)
            .attr("scale", 1.0f)
            .attr("is_packed_batching", 0L)
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
