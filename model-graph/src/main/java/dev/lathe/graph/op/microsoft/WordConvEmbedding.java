package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Words as rows of letters [words, letters], each made a vector by a convolution over its letters and the largest
/// value of each filter, [words, filters]. How long each word is, only the data tells, and so the cost is unknown.
public final class WordConvEmbedding implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "WordConvEmbedding", 1)
            .in("Sequence", "int32")
            .in("W", "float32")
            .in("B", "float32")
            .in("C", "float32")
            .out("Y", "float32")
            .attr("char_embedding_size", AttrSpec.Kind.INT)
            .attr("conv_window_size", AttrSpec.Kind.INT)
            .attr("embedding_size", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, List.of(CostContext.dim(c.type(0), 0), CostContext.dim(c.type(1), 0)));
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
