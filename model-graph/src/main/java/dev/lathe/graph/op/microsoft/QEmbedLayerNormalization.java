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

/// Quantized word, position and segment embeddings of token ids [batch, sequence], added and normalised: 16 per
/// element.
public final class QEmbedLayerNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "QEmbedLayerNormalization", 1)
            .in("input_ids", "int32")
            .optIn("segment_ids", "int32")
            .in("word_embedding_quant", "T2")
            .in("position_embedding_quant", "T2")
            .optIn("segment_embedding", "T2")
            .in("gamma_quant", "T2")
            .in("beta_quant", "T2")
            .optIn("mask", "int32")
            .in("word_embedding_scale", "float32")
            .in("position_embedding_scale", "float32")
            .optIn("segment_embedding_scale", "float32")
            .in("gamma_scale", "float32")
            .in("beta_scale", "float32")
            .in("word_embedding_zero_point", "T2")
            .in("position_embedding_zero_point", "T2")
            .optIn("segment_embedding_zero_point", "T2")
            .in("gamma_zero_point", "T2")
            .in("beta_zero_point", "T2")
            .out("layernorm_out", "float32")
            .out("mask_index_out", "int32")
            .attr("epsilon", 1.0e-12f)
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
        EmbeddingSizes.check(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 16)
                .reading(DimMath.add(DimMath.mul(c.outputCount(0), c.has(4) ? 3 : 2), CostContext.bytes(c.input(0))));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
