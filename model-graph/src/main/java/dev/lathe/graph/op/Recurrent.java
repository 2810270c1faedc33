package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import java.util.List;

/// Shapes of LSTM, GRU and RNN: X [steps, batch, input] (batch first with layout 1).
public final class Recurrent {
    private Recurrent() {}

    /// Y [steps, directions, batch, hidden], Y_h and Y_c [directions, batch, hidden].
    ///
    /// @param gates how many there are
    public static void infer(InferContext c, long gates) {
        inferWide(c, 2);
        weights(c, gates);
    }

    /// W [directions, gates·hidden, input], R [directions, gates·hidden, hidden], B [directions, 2·gates·hidden]; a
    /// length for each of the batch; what it begins with, [directions, batch, hidden]; and the LSTM's peepholes P
    /// [directions, 3·hidden].
    private static void weights(InferContext c, long gates) {
        Dim directions = directions(c);
        long size = c.attrs().intOr("hidden_size", 0);
        if (size <= 0) {
            return;
        }
        Dim hidden = Dim.of(size);
        Dim inner = Dim.of(gates * size);
        Sizes.atRun(c).shape(1, directions, inner, Dim.unknown()).shape(2, directions, inner, hidden);
        states(c, gates);
    }

    /// Bias, lengths, what it begins with and peepholes.
    public static void states(InferContext c, long gates) {
        long size = c.attrs().intOr("hidden_size", 0);
        if (size <= 0) {
            return;
        }
        Dim directions = directions(c);
        Dim hidden = Dim.of(size);
        boolean batchFirst = c.attrs().intOr("layout", 0) != 0;
        Dim batch = Sizes.of(c, 0, batchFirst ? 0 : 1);
        List<Dim> state = batchFirst ? List.of(batch, directions, hidden) : List.of(directions, batch, hidden);
        Sizes.atRun(c)
                .shape(3, directions, Dim.of(2 * gates * size))
                .shape(4, batch)
                .shape(5, state)
                .shape(6, state)
                .shape(7, directions, Dim.of(3 * size));
    }

    /// How many there are: 2 where it is bidirectional.
    public static Dim directions(InferContext c) {
        return Dim.of(c.attrs().stringOr("direction", "forward").equals("bidirectional") ? 2 : 1);
    }

    /// The same with the input's width on this axis of the weight W, and the state's of R: the last one, or the one in
    /// front of it where the weights lie transposed.
    public static void inferWide(InferContext c, int width) {
        outputs(c, width);
        c.dims(0)
                .filter(x -> x.size() == 3)
                .ifPresent(x -> c.dims(1).filter(w -> w.size() == 3).ifPresent(w -> c.unify(x.get(2), w.get(width))));
    }

    /// The same where the layer joins something to its input, so that W may be wider.
    public static void outputs(InferContext c, int width) {
        Dim directions = directions(c);
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
