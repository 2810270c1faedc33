package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
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

/// How often each n-gram of a pool occurs in a row, perhaps weighted. What the search costs depends on the data.
public final class TfIdfVectorizer implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("TfIdfVectorizer", 9)
            .in("X", "T")
            .out("Y", "float32")
            .required("max_gram_length", AttrSpec.Kind.INT)
            .required("max_skip_count", AttrSpec.Kind.INT)
            .required("min_gram_length", AttrSpec.Kind.INT)
            .required("mode", AttrSpec.Kind.STRING)
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
        Dim places = c.attrs()
                .ints("ngram_indexes")
                .filter(i -> !i.isEmpty())
                .map(i -> Dim.of(Collections.max(i) + 1))
                .orElse(Dim.unknown());
        c.dims(0).ifPresent(dims -> c.output(0, dims.size() < 2 ? List.of(places) : List.of(dims.getFirst(), places)));
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
