package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Generation of text by the likeliest word of each step, [batch, longest]. How many steps there are, only the data
/// tells, and so the cost is unknown.
public final class GreedySearch implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GreedySearch", 1)
            .in("input_ids", "int32")
            .rank(2)
            .in("max_length", "int32")
            .optIn("min_length", "int32")
            .optIn("repetition_penalty", "float32")
            .optIn("vocab_mask", "int32")
            .optIn("prefix_vocab_mask", "int32")
            .optIn("attention_mask", "int32")
            .out("sequences", "int32")
            .required("decoder", AttrSpec.Kind.GRAPH)
            .attr("decoder_start_token_id", -1L)
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
        Generation.greedy(c);
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
