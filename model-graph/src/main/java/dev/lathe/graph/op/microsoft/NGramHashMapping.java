package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Hashes of the last 2, 3, … tokens before each, [batch, sequence, (longest − 1)·heads], and the tokens to go on
/// with, [batch, longest − 1]. Per token: a product for each shift, an exclusive or for each but the first, and a
/// remainder per hash.
public final class NGramHashMapping implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "NGramHashMapping", 1)
            .in("input_ids", "M")
            .rank(2)
            .in("multipliers", "M")
            .rank(1)
            .in("vocab_sizes", "M")
            .rank(1)
            .optIn("past_ids", "M")
            .out("hash_ids", "M")
            .optOut("present_ids", "M")
            .required("max_ngram_size", AttrSpec.Kind.INT)
            .required("n_head_per_ngram", AttrSpec.Kind.INT)
            .required("pad_id", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        long longest = c.attrs().intOr("max_ngram_size", 2);
        Dim hashes = DimMath.mul(Dim.of(longest - 1), c.attrs().intOr("n_head_per_ngram", 1));
        List<Dim> ids = Extents.of(c, 0, 2);
        c.output(0, List.of(ids.get(0), ids.get(1), hashes));
        c.output(1, List.of(ids.get(0), Dim.of(longest - 1)));
    }

    @Override
    public OpCost cost(CostContext c) {
        long longest = c.attrs().intOr("max_ngram_size", 2);
        return OpCost.ofFlops(DimMath.add(c.outputCount(0), DimMath.mul(c.inputCount(0), 2 * longest - 1)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
