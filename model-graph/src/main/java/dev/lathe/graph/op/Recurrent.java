package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import java.util.List;

/// Shapes of LSTM, GRU and RNN: X [steps, batch, input] (batch first with layout 1).
public final class Recurrent {
    private Recurrent() {}

    /// Y [steps, directions, batch, hidden], Y_h and Y_c [directions, batch, hidden].
    public static void infer(InferContext c) {
        infer(c, 2);
    }

    /// The same with the input's width on this axis of the weight W, and the state's of R: the last one, or the one in
    /// front of it where the weights lie transposed.
    public static void infer(InferContext c, int width) {
        outputs(c, width);
        c.dims(0)
                .filter(x -> x.size() == 3)
                .ifPresent(x -> c.dims(1).filter(w -> w.size() == 3).ifPresent(w -> c.unify(x.get(2), w.get(width))));
    }

    /// The same where the layer joins something to its input, so that W may be wider.
    public static void outputs(InferContext c, int width) {
        Dim directions = Dim.of(c.attrs().stringOr("direction", "forward").equals("bidirectional") ? 2 : 1);
        long size = c.attrs().intOr("hidden_size", 0);
        if (!c.attrs().has("hidden_size")) {
            c.fault("the attribute 'hidden_size' must be given");
        }
        for (int i = 1; i <= 2; i++) {
            c.dims(i)
                    .filter(d -> d.size() != 3)
                    .ifPresent(d -> c.contradiction("its weights must have rank 3, and one has " + d.size()));
        }
        Dim hidden = size > 0
                ? Dim.of(size)
                : c.dims(2).filter(d -> d.size() == 3).map(r -> r.get(width)).orElse(Dim.unknown());
        boolean batchFirst = c.attrs().intOr("layout", 0) != 0;
        List<Dim> x = c.dims(0).filter(d -> d.size() == 3).orElse(List.of(Dim.unknown(), Dim.unknown(), Dim.unknown()));
        Dim steps = x.get(batchFirst ? 1 : 0);
        Dim batch = x.get(batchFirst ? 0 : 1);
        c.output(0, batchFirst ? List.of(batch, steps, directions, hidden) : List.of(steps, directions, batch, hidden));
        List<Dim> state = batchFirst ? List.of(batch, directions, hidden) : List.of(directions, batch, hidden);
        c.output(1, state);
        c.output(2, state);
    }
}
