package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import java.util.List;

/// Operators that generate text by running a decoder step by step, and an encoder once before it.
final class Generation {
    /// `model_type` of a decoder alone, whose sequences begin with the whole input.
    private static final long DECODER = 0;

    private Generation() {}

    /// Beam search over input_ids [batch, …] by the inputs max_length, num_beams (3) and num_return_sequences (4).
    static void beams(InferContext c) {
        bodies(c);
        Dim batch = CostContext.dim(c.type(0), 0);
        Dim longest = Extents.number(c, 1, 0, 2);
        Dim returned = Extents.number(c, 4, 0, 1);
        c.output(0, List.of(batch, returned, longest));
        c.output(1, List.of(batch, returned));
        Dim steps = c.attrs().intOr("model_type", DECODER) == DECODER
                ? DimMath.sub(longest, CostContext.dim(c.type(0), 1))
                : Extents.open(c, 2, 0);
        long words = c.attrs().intOr("vocab_size", -1);
        Dim beams = Extents.number(c, 3, 2, 2);
        c.output(2, List.of(steps, batch, beams, words > 0 ? Dim.of(words) : Extents.open(c, 2, 3)));
    }

    /// One sequence for each of input_ids [batch, …], as long as max_length.
    static void greedy(InferContext c) {
        bodies(c);
        c.output(0, List.of(CostContext.dim(c.type(0), 0), Extents.number(c, 1, 0, 1)));
    }

    private static void bodies(InferContext c) {
        for (String name : List.of("encoder", "init_decoder", "decoder")) {
            c.attrs().graph(name).ifPresent(graph -> c.body(graph, List.of()));
        }
    }
}
