package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Beam search for speech recognition, the decoder run once per step until all beams have ended: how often, only the
/// data tells, and so the cost is unknown. Cross-attention scores are [batch, returned, heads kept, steps, frames].
public final class WhisperBeamSearch implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "WhisperBeamSearch", 1)
            .in("input_ids", "F")
            .rank(3)
            .in("max_length", "int32")
            .optIn("min_length", "int32")
            .in("num_beams", "int32")
            .in("num_return_sequences", "int32")
            .optIn("length_penalty", "T")
            .optIn("repetition_penalty", "T")
            .optIn("vocab_mask", "int32")
            .optIn("prefix_vocab_mask", "int32")
            .optIn("attention_mask", "int32")
            .optIn("decoder_input_ids", "int32")
            .optIn("logits_processor", "int32")
            .optIn("cross_qk_layer_head", "int32")
            .optIn("extra_decoding_ids", "int32")
            .optIn("temperature", "T")
            .out("sequences", "int32")
            .optOut("sequences_scores", "T")
            .optOut("scores", "T")
            .optOut("cross_qk", "float32")
            .optOut("non_speech_probs", "T")
            .attr("beginning_timestamp_token_id", AttrSpec.Kind.INT)
            .required("decoder", AttrSpec.Kind.GRAPH)
            .attr("decoder_output_cross_qk", AttrSpec.Kind.INT)
            .attr("decoder_start_token_id", -1L)
            .attr("early_stopping", 0L)
            .attr("encoder", AttrSpec.Kind.GRAPH)
            .required("eos_token_id", AttrSpec.Kind.INT)
            .attr("init_decoder", AttrSpec.Kind.GRAPH)
            .attr("model_type", 2L)
            .attr("no_repeat_ngram_size", 0L)
            .attr("no_speech_token_id", AttrSpec.Kind.INT)
            .attr("no_timestamps_token_id", AttrSpec.Kind.INT)
            .required("pad_token_id", AttrSpec.Kind.INT)
            .attr("start_of_lm_token_id", AttrSpec.Kind.INT)
            .attr("transcribe_token_id", AttrSpec.Kind.INT)
            .attr("translate_token_id", AttrSpec.Kind.INT)
            .attr("vocab_size", -1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Generation.beams(c);
        Dim batch = CostContext.dim(c.type(0), 0);
        Dim heads = c.has(12) ? CostContext.dim(c.type(12), 0) : Extents.open(c, 3, 2);
        c.output(3, List.of(batch, Extents.number(c, 4, 0, 1), heads, Extents.open(c, 3, 3), Extents.open(c, 3, 4)));
        c.output(4, List.of(batch));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONTROL_FLOW);
    }
}
