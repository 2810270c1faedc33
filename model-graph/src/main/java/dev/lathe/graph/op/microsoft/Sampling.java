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

/// Generation of text by words drawn at random from the likeliest of each step, [batch, longest], and the last
/// filtered scores [batch, words]. How many steps there are, only the data tells, and so the cost is unknown.
public final class Sampling implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "Sampling", 1)
            .in("input_ids", "int32")
            .rank(2)
            .in("max_length", "int32")
            .optIn("min_length", "int32")
            .optIn("repetition_penalty", "float32")
            .optIn("vocab_mask", "int32")
            .optIn("prefix_vocab_mask", "int32")
            .optIn("attention_mask", "int32")
            .optIn("presence_mask", "int32")
            .optIn("seed", "int32")
            .out("sequences", "int32")
            .optOut("filtered_logits", "float32")
            .attr("custom", 0L)
            .required("decoder", AttrSpec.Kind.GRAPH)
            .attr("decoder_start_token_id", -1L)
            .attr("encoder", AttrSpec.Kind.GRAPH)
            .required("eos_token_id", AttrSpec.Kind.INT)
            .attr("filter_value", -1.0e20f)
            .attr("init_decoder", AttrSpec.Kind.GRAPH)
            .attr("min_tokens_to_keep", 0L)
            .attr("model_type", 0L)
            .attr("no_repeat_ngram_size", 0L)
            .required("pad_token_id", AttrSpec.Kind.INT)
            .attr("presence_penalty", 0.0f)
            .attr("temperature", 1.0f)
            .attr("top_p", 0.0f)
            .attr("vocab_size", -1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Generation.greedy(c);
        long words = c.attrs().intOr("vocab_size", -1);
        c.output(1, List.of(CostContext.dim(c.type(0), 0), words > 0 ? Dim.of(words) : Extents.open(c, 1, 1)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONTROL_FLOW, Trait.RANDOM);
    }
}
