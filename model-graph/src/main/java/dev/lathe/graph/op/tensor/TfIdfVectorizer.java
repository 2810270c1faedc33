package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// How often each n-gram of a pool occurs in a row, perhaps weighted. Counted as a look-up for each n-gram of each
/// row with each number of words skipped, and the weights.
public final class TfIdfVectorizer implements OpSpec {
    /// Words in an n-gram. Nobody has longer ones, and each length up to it is counted by itself.
    private static final long LONGEST_COUNTED = 1000;

    private static final Schema SCHEMA = Schema.onnx("TfIdfVectorizer", 9)
            .in("X", "T")
            .ranks(1, 2)
            .out("Y", "float32")
            .required("max_gram_length", AttrSpec.Kind.INT)
            .required("max_skip_count", AttrSpec.Kind.INT)
            .required("min_gram_length", AttrSpec.Kind.INT)
            .required("mode", AttrSpec.Kind.STRING)
            .oneOf("TF", "IDF", "TFIDF")
            .required("ngram_counts", AttrSpec.Kind.INTS)
            .required("ngram_indexes", AttrSpec.Kind.INTS)
            .attr("pool_int64s", AttrSpec.Kind.INTS)
            .attr("pool_strings", AttrSpec.Kind.STRINGS)
            .attr("weights", AttrSpec.Kind.FLOATS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        boolean numbers =
                c.attrs().ints("pool_int64s").filter(p -> !p.isEmpty()).isPresent();
        boolean strings = c.attrs().has("pool_strings");
        if (numbers == strings) {
            c.fault(numbers ? "it has a pool of numbers and one of strings" : "it has no pool of numbers or strings");
        }
        List<Long> starts = c.attrs().ints("ngram_counts").orElse(List.of());
        long pool = c.attrs().ints("pool_int64s").map(List::size).orElse(Integer.MAX_VALUE);
        for (int i = 0; i < starts.size(); i++) {
            if (starts.get(i) < (i == 0 ? 0 : starts.get(i - 1)) || starts.get(i) > pool) {
                c.fault("'ngram_counts' says where in the pool the n-grams of each length begin; " + starts
                        + " does not");
                break;
            }
            long end = i + 1 < starts.size() ? starts.get(i + 1) : pool;
            if (pool < Integer.MAX_VALUE && (end - starts.get(i)) % (i + 1) != 0) {
                c.fault("its pool holds no whole number of " + (i + 1) + "-grams");
                break;
            }
        }
        long longest = c.attrs().intOr("max_gram_length", 0);
        long shortest = c.attrs().intOr("min_gram_length", 0);
        if (shortest > longest || longest > starts.size()) {
            c.fault("its n-grams of " + shortest + " to " + longest + " words need 'ngram_counts' for as many lengths");
        }
        if (c.attrs().ints("ngram_indexes").orElse(List.of()).stream().anyMatch(n -> n < 0)) {
            c.fault("'ngram_indexes' are places in the output, and one is below 0");
        }
        if (c.attrs().intOr("max_skip_count", 0) < 0) {
            c.fault("'max_skip_count' must not be below 0");
        }
        Dim places = c.attrs()
                .ints("ngram_indexes")
                .filter(i -> !i.isEmpty())
                .map(i -> Dim.of(Collections.max(i) + 1))
                .orElse(Dim.unknown());
        c.dims(0).ifPresent(dims -> c.output(0, dims.size() < 2 ? List.of(places) : List.of(dims.getFirst(), places)));
        c.attrs().ints("ngram_indexes").ifPresent(indexes -> {
            if (c.attrs().find("weights").orElse(Attr.of("")) instanceof Attr.FloatsAttr(List<Float> weights)
                    && !weights.isEmpty()
                    && weights.size() != indexes.size()) {
                c.fault(weights.size() + " weights are given for " + indexes.size() + " n-grams");
            }
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim words = c.dim(0, -1);
        long skips = c.attrs().intOr("max_skip_count", 0);
        long longest = c.attrs().intOr("max_gram_length", 1);
        if (!(words instanceof Dim.Fixed(long length)) || skips < 0 || longest > LONGEST_COUNTED) {
            return OpCost.UNKNOWN;
        }
        Dim looked = Dim.of(0);
        for (long n = Math.max(1, c.attrs().intOr("min_gram_length", 1)); n <= longest; n++) {
            looked = DimMath.add(looked, lookUps(length, n, skips));
        }
        Dim rows = c.input(0).shape().rank().orElse(2) < 2 ? Dim.of(1) : c.dim(0, 0);
        boolean weighted = !c.attrs().stringOr("mode", "TF").equals("TF");
        return OpCost.ofFlops(DimMath.add(DimMath.mul(rows, looked), weighted ? c.outputCount(0) : Dim.of(0)));
    }

    /// The n-grams of one length that a row has: `length − (n − 1)·step` with each step from one word to the next, as
    /// long as that is not below 0. They are an arithmetic series. A single word has no step.
    private static Dim lookUps(long length, long n, long skips) {
        if (n == 1) {
            return Dim.of(length);
        }
        long steps = Math.min(skips, length / (n - 1) - 1) + 1;
        Dim together = DimMath.floorDiv(DimMath.mul(Dim.of(steps), DimMath.add(Dim.of(steps), 1)), 2);
        return DimMath.sub(DimMath.mul(Dim.of(length), steps), DimMath.mul(together, n - 1));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
