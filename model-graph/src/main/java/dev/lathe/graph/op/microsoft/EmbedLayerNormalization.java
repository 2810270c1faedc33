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
import java.util.List;
import java.util.Set;

/// Word, position and segment embeddings of token ids [batch, sequence], added and normalised: 10 per
/// element.
public final class EmbedLayerNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "EmbedLayerNormalization", 1)
            .in("input_ids", "int32")
            .optIn("segment_ids", "int32")
            .in("word_embedding", "T")
            .in("position_embedding", "T")
            .optIn("segment_embedding", "T")
            .in("gamma", "T")
            .in("beta", "T")
            .optIn("mask", "int32")
            .optIn("position_ids", "int32")
            .out("output", "T")
            .optOut("mask_index", "int32")
            .optOut("embedding_sum", "T")
            .attr("epsilon", 1e-12f)
            .attr("mask_index_type", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        List<Dim> ids = c.dims(0).filter(d -> d.size() == 2).orElse(List.of(Dim.unknown(), Dim.unknown()));
        Dim hidden = c.dims(2).filter(d -> d.size() == 2).map(List::getLast).orElse(Dim.unknown());
        c.output(0, List.of(ids.get(0), ids.get(1), hidden));
        c.output(1, List.of(ids.get(0)));
        c.output(2, List.of(ids.get(0), ids.get(1), hidden));
        EmbeddingSizes.check(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 10)
                .reading(DimMath.add(
                        DimMath.mul(CostContext.bytes(c.output(0)), c.has(4) ? 3 : 2), CostContext.bytes(c.input(0))));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
