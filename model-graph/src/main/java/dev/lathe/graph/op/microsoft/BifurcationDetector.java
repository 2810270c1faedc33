package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Joins tokens that a draft predicted to those there are, as far as they agree with the source, and looks where
/// their end occurs in the source: how much of that there is, only the data tells.
public final class BifurcationDetector implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "BifurcationDetector", 1)
            .in("src_tokens", "int64")
            .in("cur_tokens", "int64")
            .in("prev_suffix_match_idx", "int64")
            .optIn("pred_tokens", "int64")
            .out("tokens", "int64")
            .out("suffix_match_idx", "int64")
            .attr("max_ngram_size", 3L)
            .attr("min_ngram_size", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.atRun(c).rank(0, 1).rank(1, 1).single(2);
        c.output(0, List.of(c.has(3) ? c.named(0, 0) : CostContext.dim(c.type(1), 0)));
        c.output(1, c.shape(2));
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
