package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Queries and keys rotated by the sine and cosine of an embedding: 8 per element of the embedding and 3 per element
/// of both.
public final class GemmaRotaryEmbedding implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GemmaRotaryEmbedding", 1)
            .in("emb", "float32")
            .in("q", "float16")
            .in("q_rot", "float16")
            .in("k", "float16")
            .in("k_rot", "float16")
            .out("output1", "float16")
            .out("output2", "float16")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, c.shape(1));
        c.output(1, c.shape(1));
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim rotated = DimMath.mul(DimMath.add(c.inputCount(1), c.inputCount(3)), 3);
        return OpCost.ofFlops(DimMath.add(DimMath.mul(c.inputCount(0), 2 * CostRules.TRANSCENDENTAL), rotated));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
