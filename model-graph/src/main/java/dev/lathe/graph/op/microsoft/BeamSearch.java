package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Generation of text by beam search, the decoder run once per step until all beams have ended: how often, only the
/// data tells, and so the cost is unknown. Sequences [batch, returned, longest], their scores [batch, returned], and
/// the scores of all words [steps, batch, beams, words].
public final class BeamSearch implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "BeamSearch", 1)
            .in("input_ids", "F")
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
            .out("sequences", "int32")
            .optOut("sequences_scores", "T")
            .optOut("scores", "T")
            .required("decoder", AttrSpec.Kind.GRAPH)
            .attr("decoder_start_token_id", -1L)
            .attr("early_stopping", 0L)
            .attr("encoder", AttrSpec.Kind.GRAPH)
            .required("eos_token_id", AttrSpec.Kind.INT)
            .attr("init_decoder", AttrSpec.Kind.GRAPH)
            .attr("model_type", 0L)
            .attr("no_repeat_ngram_size", 0L)
            .required("pad_token_id", AttrSpec.Kind.INT)
            .attr("vocab_size", -1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Generation.beams(c);
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
