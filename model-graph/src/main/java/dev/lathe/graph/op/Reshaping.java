package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The shape that Reshape gives.
public final class Reshaping {
    private Reshaping() {}

    /// The shape that Reshape gives to `dims` when asked for `wanted`.
    public static Shape of(InferContext c, Optional<List<Dim>> dims, List<Dim> wanted, boolean allowZero) {
        List<Dim> out = new ArrayList<>(wanted);
        List<Dim> left = new ArrayList<>(dims.orElse(List.of()));
        if (wanted.stream().filter(d -> d.equals(Dim.of(-1))).count() > 1) {
            c.misfitOf(1, "more than one size is left open (-1) in the shape " + words(wanted));
            return Rules.unknownDims(wanted.size());
        }
        int open = -1;
        int opens = 0;
        List<Dim> taken = new ArrayList<>();
        for (int i = 0; i < out.size(); i++) {
            Dim d = out.get(i);
            boolean minusOne = d instanceof Dim.Fixed(long n) && n == -1;
            if (minusOne || d instanceof Dim.Unknown) {
                open = minusOne || opens == 0 ? i : open;
                opens++;
                out.set(i, Dim.unknown());
            } else if (d instanceof Dim.Fixed(long n) && n == 0 && !allowZero) {
                if (dims.isPresent() && i >= dims.get().size()) {
                    c.misfitOf(
                            1,
                            "the shape " + words(wanted) + " keeps axis " + i + " of an input of rank "
                                    + dims.get().size());
                    return Rules.unknownDims(wanted.size());
                }
                Dim kept =
                        dims.isPresent() && i < dims.get().size() ? dims.get().get(i) : Dim.unknown();
                out.set(i, kept);
                // The very same extent on both sides cancels even when nobody knows it.
                if (!left.remove(kept)) {
                    taken.add(kept);
                }
            } else if (!left.remove(d)) {
                taken.add(d);
            }
        }
        if (dims.isEmpty() || left.contains(Dim.unknown()) || taken.contains(Dim.unknown())) {
            return Shape.of(out);
        }
        boolean nothing = wanted.contains(Dim.of(-1))
                && IntStream.range(0, out.size()).anyMatch(i -> out.get(i).equals(Dim.of(0)));
        if (nothing) {
            c.contradiction("the shape " + words(wanted)
                    + " leaves a size open, which nothing settles: another one of its sizes is 0");
            return Shape.of(out);
        }
        if (out.contains(Dim.of(0)) && dims.get().contains(Dim.of(0))) {
            // Nothing fits any shape of nothing.
            return Shape.of(out);
        }
        Dim from = DimMath.product(left);
        Dim to = DimMath.product(taken);
        if (opens == 1) {
            boolean fits =
                    !(from instanceof Dim.Fixed(long a) && to instanceof Dim.Fixed(long b) && (b == 0 || a % b != 0));
            if (!fits && !to.equals(Dim.of(0))) {
                c.contradiction(
                        "a tensor of shape " + Shape.of(dims.get()) + " cannot take the shape " + Shape.of(wanted));
            } else {
                out.set(open, to.equals(Dim.of(0)) ? Dim.of(0) : DimMath.floorDiv(from, to));
            }
        } else if (opens == 0) {
            Dim over = DimMath.sub(from, to);
            if (over instanceof Dim.Fixed(long n) && n != 0) {
                c.contradiction(
                        "a tensor of shape " + Shape.of(dims.get()) + " cannot take the shape " + Shape.of(wanted));
            } else if (left.size() == 1 && taken.size() == 1) {
                c.unify(left.getFirst(), taken.getFirst());
            }
        }
        return Shape.of(out);
    }

    private static String words(List<Dim> dims) {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
