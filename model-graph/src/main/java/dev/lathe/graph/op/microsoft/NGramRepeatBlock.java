package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Scores [batch, words], −∞ for words that would repeat the last n − 1 tokens and what followed them. Counted as all
/// comparisons, n − 1 for each place of each sequence.
public final class NGramRepeatBlock implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "NGramRepeatBlock", 1)
            .in("input_ids", "int64")
            .rank(2)
            .in("scores", "float32")
            .rank(2)
            .out("scores_out", "float32")
            .required("ngram_size", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.attrs().intOr("ngram_size", 1) <= 0) {
            c.fault("the attribute 'ngram_size' must be greater than 0");
            return;
        }
        c.output(0, c.shape(1));
        Sizes.atRun(c).rank(0, 2).rank(1, 2).same(0, 0, 1, 0);
    }

    @Override
    public OpCost cost(CostContext c) {
        long n = c.attrs().intOr("ngram_size", 1);
        Dim places = DimMath.max(DimMath.sub(c.dim(0, 1), n - 1), Dim.of(0));
        return OpCost.ofFlops(DimMath.mul(DimMath.mul(c.dim(0, 0), places), Math.max(0, n - 1)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
