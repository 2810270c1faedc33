package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// Words as rows of letters [words, letters], each made a vector by a convolution over its letters and the largest
/// value of each filter, [words, filters]. Shorter words take less than is counted here, which is an upper bound.
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
        Dim letters = Sizes.of(c, 3, 1);
        Dim wide = Sizes.of(c, 1, 2);
        Sizes sizes = Sizes.atRun(c)
                .ranks(0, 2, Integer.MAX_VALUE)
                .ranks(1, 4, Integer.MAX_VALUE)
                .ranks(3, 2, Integer.MAX_VALUE)
                .extent(1, 3, letters)
                .shape(2, Sizes.of(c, 1, 0));
        sizes.extent(3, 1, number(c, "char_embedding_size"))
                .extent(1, 2, number(c, "conv_window_size"))
                .extent(1, 0, number(c, "embedding_size"));
        if (wide instanceof Dim.Fixed(long window) && Sizes.of(c, 0, 1) instanceof Dim.Fixed(long word)) {
            sizes.require(window <= word, () -> "a window of " + window + " letters is longer than words of " + word);
        }
    }

    /// −1 leaves it to the inputs.
    private static Dim number(InferContext c, String attribute) {
        long n = c.attrs().intOr(attribute, -1);
        return n == -1 ? Dim.unknown() : Dim.of(n);
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim words = c.dim(0, 0);
        Dim places = DimMath.add(DimMath.sub(c.dim(0, 1), c.dim(1, 2)), 1);
        Dim filters = DimMath.mul(DimMath.mul(words, places), c.dim(1, 0));
        Dim macs = DimMath.mul(filters, DimMath.mul(c.dim(1, 2), c.dim(1, 3)));
        // A tangent of each and the largest of them.
        return OpCost.ofMacs(macs, DimMath.mul(filters, CostRules.TRANSCENDENTAL + 1));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
