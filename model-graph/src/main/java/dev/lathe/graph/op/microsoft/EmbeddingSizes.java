package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Sizes;

/// Tables of words, positions and segments are as wide as each other, and so are the scale and shift of their sum.
final class EmbeddingSizes {
    private EmbeddingSizes() {}

    static void check(InferContext c) {
        Dim width = Sizes.of(c, 2, 1);
        Sizes.atLoading(c)
                .rank(0, 2)
                .rank(1, 2)
                .rank(2, 2)
                .shape(3, Dim.unknown(), width)
                .shape(4, Dim.unknown(), width)
                .shape(5, width)
                .extent(6, 0, width);
        Sizes.atRun(c).same(1, 0).rank(6, 1).same(7, 0);
        // Only the one of numbers as they are has places of its own here.
        if (c.node().op().equals("EmbedLayerNormalization")) {
            Sizes places = Sizes.atRun(c).same(8, 1, 0, 1);
            if (!Sizes.of(c, 8, 0).equals(Dim.of(1))) {
                places.same(8, 0, 0, 0);
            }
        }
    }
}
