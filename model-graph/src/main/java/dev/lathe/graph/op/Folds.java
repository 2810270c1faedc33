package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Shape computations followed element by element, with symbolic sizes.
public final class Folds {
    private static final int HIGHEST_POWER = 8;

    private Folds() {}

    /// A comparison of two whole numbers.
    public interface Comparison {
        boolean of(long a, long b);
    }

    /// 1 or 0 where the two amounts differ by a known number, else unknown.
    public static Dim compare(Dim a, Dim b, Comparison comparison) {
        if (a instanceof Dim.Fixed(long x) && b instanceof Dim.Fixed(long y)) {
            // Their difference may not fit: the largest number is what exporters write for "to the end".
            return Dim.of(comparison.of(x, y) ? 1 : 0);
        }
        return DimMath.sub(a, b) instanceof Dim.Fixed(long difference)
                ? Dim.of(comparison.of(difference, 0) ? 1 : 0)
                : Dim.unknown();
    }

    /// 1 where `a` is larger than `b`, else 0, also as a formula of open sizes.
    public static Dim greater(Dim a, Dim b) {
        if (a instanceof Dim.Fixed && b instanceof Dim.Fixed) {
            return compare(a, b, (x, y) -> x > y);
        }
        return DimMath.min(DimMath.max(DimMath.sub(a, b), Dim.of(0)), Dim.of(1));
    }

    /// 1 where `a` is at least `b`, else 0.
    public static Dim atLeast(Dim a, Dim b) {
        if (a instanceof Dim.Fixed && b instanceof Dim.Fixed) {
            return compare(a, b, (x, y) -> x >= y);
        }
        return greater(DimMath.add(a, 1), b);
    }

    /// One of two by a condition that is open. Where the condition is which of the two is larger (`a > b ? a : b`), it
    /// is the larger or the smaller one.
    private static Dim either(Dim condition, Dim yes, Dim no) {
        if (yes.equals(no)) {
            return yes;
        }
        if (!(condition instanceof Dim.Expr(Dim.Op op, Dim above, Dim one))
                || op != Dim.Op.MIN
                || !one.equals(Dim.of(1))) {
            return Dim.unknown();
        }
        Dim difference = above instanceof Dim.Expr(Dim.Op inner, Dim d, Dim zero)
                        && inner == Dim.Op.MAX
                        && zero.equals(Dim.of(0))
                ? d
                : above;
        // Whole numbers: d > 0 is d − 1 ≥ 0, and where both are equal it does not matter which is taken.
        for (Dim d : List.of(difference, DimMath.sub(difference, 1))) {
            if (DimMath.same(d, DimMath.sub(yes, no))) {
                return DimMath.max(yes, no);
            }
            if (DimMath.same(d, DimMath.sub(no, yes))) {
                return DimMath.min(yes, no);
            }
        }
        return Dim.unknown();
    }

    public static Dim abs(Dim d) {
        return DimMath.max(d, DimMath.sub(Dim.of(0), d));
    }

    /// `base` multiplied with itself, for the few exponents that shapes are computed with.
    public static Dim pow(Dim base, Dim exponent) {
        if (!(exponent instanceof Dim.Fixed(long n)) || n < 0 || n > HIGHEST_POWER) {
            return Dim.unknown();
        }
        Dim power = Dim.of(1);
        for (int i = 0; i < n; i++) {
            power = DimMath.mul(power, base);
        }
        return power;
    }

    /// Division towards zero. That is the floor of a quotient above zero and the ceiling of one below; where the sign
    /// is open it is the sum of both, of which one is always 0.
    public static Dim truncatedDiv(Dim a, Dim b) {
        if (a instanceof Dim.Fixed(long x) && b instanceof Dim.Fixed(long y)) {
            return y == 0 ? Dim.unknown() : Dim.of(x / y);
        }
        if (b instanceof Dim.Fixed(long y) && y < 0) {
            return y == Long.MIN_VALUE ? Dim.unknown() : DimMath.sub(Dim.of(0), truncatedDiv(a, Dim.of(-y)));
        }
        if (!DimMath.nonNegative(b)) {
            return Dim.unknown();
        }
        if (DimMath.nonNegative(a)) {
            return DimMath.floorDiv(a, b);
        }
        Dim opposite = DimMath.sub(Dim.of(0), a);
        if (DimMath.nonNegative(opposite)) {
            return DimMath.sub(Dim.of(0), DimMath.floorDiv(opposite, b));
        }
        if (DimMath.mod(a, b).equals(Dim.of(0))) {
            return DimMath.floorDiv(a, b);
        }
        Dim above = DimMath.max(DimMath.floorDiv(a, b), Dim.of(0));
        Dim below = DimMath.min(DimMath.ceilDiv(a, b), Dim.of(0));
        return DimMath.add(above, below);
    }

    /// The quotient where it is whole.
    public static Dim exactDiv(Dim a, Dim b) {
        return DimMath.mod(a, b).equals(Dim.of(0)) ? DimMath.floorDiv(a, b) : Dim.unknown();
    }

    /// The remainder with the divisor's sign.
    public static Dim mod(Dim a, Dim b) {
        return b instanceof Dim.Fixed || DimMath.nonNegative(a) && DimMath.nonNegative(b)
                ? DimMath.mod(a, b)
                : Dim.unknown();
    }

    /// The remainder with the dividend's sign.
    public static Dim remainder(Dim a, Dim b) {
        if (a instanceof Dim.Fixed(long x) && b instanceof Dim.Fixed(long y)) {
            return y == 0 ? Dim.unknown() : Dim.of(x % y);
        }
        Dim opposite = DimMath.sub(Dim.of(0), a);
        return DimMath.nonNegative(a)
                ? mod(a, abs(b))
                : DimMath.nonNegative(opposite) ? DimMath.sub(Dim.of(0), mod(opposite, abs(b))) : Dim.unknown();
    }

    /// Elements of Where, when its three inputs are known.
    public static void where(InferContext c) {
        Optional<SmallTensor> condition = SmallTensor.of(c.input(0));
        Optional<SmallTensor> x = SmallTensor.of(c.input(1));
        Optional<SmallTensor> y = SmallTensor.of(c.input(2));
        if (condition.isEmpty() || x.isEmpty() || y.isEmpty()) {
            return;
        }
        List<Long> shape = Broadcast.common(
                Broadcast.common(condition.get().dims(), x.get().dims()),
                y.get().dims());
        condition
                .get()
                .broadcast(shape)
                .ifPresent(p -> x.get()
                        .broadcast(shape)
                        .ifPresent(a -> y.get().broadcast(shape).ifPresent(b -> {
                            List<Dim> out = new ArrayList<>();
                            for (int i = 0; i < p.elements().size(); i++) {
                                Dim test = p.elements().get(i);
                                Dim yes = a.elements().get(i);
                                Dim no = b.elements().get(i);
                                out.add(test instanceof Dim.Fixed(long t) ? t != 0 ? yes : no : either(test, yes, no));
                            }
                            c.elements(0, out);
                        })));
    }

    /// Elements of ConstantOfShape.
    public static void fill(InferContext c, Optional<Tensor> value) {
        Optional<List<Long>> sizes =
                c.numbers(0).filter(s -> s.stream().allMatch(n -> n >= 0 && n <= SmallTensor.LIMIT));
        if (sizes.isEmpty() || SmallTensor.count(sizes.get()) > SmallTensor.LIMIT) {
            return;
        }
        Optional<Dim> element = value.isEmpty() ? Optional.of(Dim.of(0)) : wholeElement(value.get());
        element.ifPresent(e -> c.elements(0, Collections.nCopies((int) SmallTensor.count(sizes.get()), e)));
    }

    private static Optional<Dim> wholeElement(Tensor t) {
        if (t.dtype() == DType.INT64 && t.data().isPresent() && t.data().byteSize() >= 8) {
            return Optional.of(Dim.of(
                    t.data().bytes().get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0)));
        }
        return Floats.of(t).map(List::getFirst).filter(v -> v == Math.rint(v)).map(v -> Dim.of(v.longValue()));
    }

    /// Elements of Concat along `axis`: all inputs known, vectors or more.
    public static void concat(InferContext c, int axis) {
        List<SmallTensor> parts = new ArrayList<>();
        for (int i = 0; i < c.inputs(); i++) {
            Optional<SmallTensor> part = SmallTensor.of(c.input(i));
            // A vector whose length is known keeps its place in a shape even when its elements are not.
            if (part.isEmpty() && c.dtype(i).filter(t -> !t.isFloat()).isPresent()) {
                part = SmallTensor.fixed(c.type(i))
                        .filter(d -> d.size() == 1 && d.getFirst() <= 8)
                        .map(d -> new SmallTensor(
                                d, Collections.nCopies(d.getFirst().intValue(), Dim.unknown())));
            }
            if (part.isEmpty()) {
                return;
            }
            parts.add(part.get());
        }
        List<Dim> out = new ArrayList<>();
        long outer = SmallTensor.count(parts.getFirst().dims().subList(0, axis));
        for (int o = 0; o < outer; o++) {
            for (SmallTensor p : parts) {
                int chunk = (int) (p.elements().size() / outer);
                out.addAll(p.elements().subList(o * chunk, (o + 1) * chunk));
            }
        }
        if (out.stream().anyMatch(d -> !(d instanceof Dim.Unknown))) {
            c.elements(0, out);
        }
        List<Double> reals = new ArrayList<>();
        for (int i = 0; i < c.inputs(); i++) {
            reals.addAll(c.input(i).reals().orElse(List.of()));
        }
        if (reals.size() == out.size() && parts.getFirst().dims().size() == 1) {
            c.reals(0, reals);
        }
    }

    /// Elements of Split for a vector whose output sizes were told.
    public static void split(InferContext c, int axis) {
        Optional<SmallTensor> t = SmallTensor.of(c.input(0));
        Optional<List<Long>> sizes = c.attrs().ints("split").or(() -> c.has(1) ? c.numbers(1) : Optional.empty());
        if (t.isEmpty() || axis != 0 || t.get().dims().size() != 1) {
            return;
        }
        if (sizes.isPresent() && sizes.get().size() != c.outputs()) {
            return;
        }
        int n = t.get().elements().size();
        int from = 0;
        for (int i = 0; i < c.outputs(); i++) {
            int size = sizes.isPresent() ? sizes.get().get(i).intValue() : Math.ceilDiv(n, c.outputs());
            int to = Math.min(n, from + size);
            c.elements(i, t.get().elements().subList(from, to));
            from = to;
        }
    }

    /// Elements of Expand.
    public static void expand(InferContext c) {
        Optional<SmallTensor> t = SmallTensor.of(c.input(0));
        Optional<List<Long>> shape = c.numbers(1).filter(s -> s.stream().allMatch(n -> n >= 0));
        if (t.isPresent() && shape.isPresent()) {
            List<Long> whole = Broadcast.common(t.get().dims(), shape.get());
            t.get().broadcast(whole).ifPresent(e -> c.elements(0, e.elements()));
        }
    }

    /// Elements of ScatterND into a vector at single positions.
    public static void scatter(InferContext c) {
        Optional<SmallTensor> data =
                SmallTensor.of(c.input(0)).filter(d -> d.dims().size() == 1);
        Optional<SmallTensor> at = SmallTensor.of(c.input(1))
                .filter(i -> !i.dims().isEmpty() && i.dims().getLast() == 1);
        Optional<SmallTensor> updates = SmallTensor.of(c.input(2));
        if (data.isEmpty() || at.isEmpty() || updates.isEmpty()) {
            return;
        }
        List<Dim> out = new ArrayList<>(data.get().elements());
        for (int i = 0; i < at.get().elements().size(); i++) {
            if (!(at.get().elements().get(i) instanceof Dim.Fixed(long given))) {
                return;
            }
            out.set(
                    (int) (given < 0 ? given + out.size() : given),
                    updates.get().elements().get(i));
        }
        c.elements(0, out);
    }

    private static String words(List<Dim> dims) {
        return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    /// The shape that Reshape gives to `dims` when asked for `wanted`.
    public static Shape reshape(InferContext c, Optional<List<Dim>> dims, List<Dim> wanted, boolean allowZero) {
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

    /// Where Slice cuts; empty `axes` or `steps` stand for all axes in order and for 1, unless given by an
    /// input whose content is not known.
    public record Cut(
            Optional<List<Dim>> starts,
            Optional<List<Dim>> ends,
            Optional<List<Long>> axes,
            Optional<List<Long>> steps,
            boolean axesGiven,
            boolean stepsGiven) {}

    /// Shape and elements of Slice.
    public static void slice(InferContext c, Cut cut) {
        Optional<List<Dim>> dims = c.dims(0);
        if (dims.isEmpty()) {
            return;
        }
        int rank = dims.get().size();
        boolean unclear = cut.axesGiven() && cut.axes().isEmpty();
        if (unclear || (cut.starts().isEmpty() && cut.axes().isEmpty())) {
            c.output(0, Rules.unknownDims(rank));
            return;
        }
        List<Dim> out = new ArrayList<>(dims.get());
        Optional<SmallTensor> t = SmallTensor.of(c.input(0));
        long[] strides = t.map(SmallTensor::strides).orElse(new long[rank]);
        long offset = 0;
        boolean exact = t.isPresent();
        int n = cut.axes()
                .map(List::size)
                .orElseGet(() -> cut.starts().orElseThrow().size());
        for (int i = 0; i < n; i++) {
            Optional<Integer> axis =
                    Axes.of(c, cut.axes().isPresent() ? cut.axes().get().get(i) : i, rank);
            if (axis.isEmpty()) {
                return;
            }
            Dim size = dims.get().get(axis.get());
            boolean known = cut.starts().isPresent()
                    && cut.ends().isPresent()
                    && (!cut.stepsGiven() || cut.steps().isPresent());
            if (!known) {
                out.set(axis.get(), Dim.unknown());
                exact = false;
                continue;
            }
            long step = cut.steps().isPresent() ? cut.steps().get().get(i) : 1;
            if (step == 0) {
                c.misfitOf(4, "a step of 0 never gets to the end");
                out.set(axis.get(), Dim.unknown());
                exact = false;
                continue;
            }
            Dim from = bound(cut.starts().get().get(i), size, step, true);
            Dim to = bound(cut.ends().get().get(i), size, step, false);
            Dim length = step > 0
                    ? DimMath.ceilDiv(DimMath.sub(to, from), step)
                    : DimMath.ceilDiv(DimMath.sub(from, to), -step);
            out.set(axis.get(), length instanceof Dim.Fixed ? DimMath.max(length, Dim.of(0)) : length);
            if (exact && from instanceof Dim.Fixed(long first)) {
                offset += first * strides[axis.get()];
                strides[axis.get()] *= step;
            } else {
                exact = false;
            }
        }
        c.output(0, out);
        if (exact && t.isPresent()) {
            SmallTensor source = t.get();
            long at = offset;
            SmallTensor.fixed(new ValueType.TensorType(c.dtype(0), Shape.of(out)))
                    .ifPresent(shape ->
                            c.elements(0, source.view(shape, at, strides).elements()));
        }
    }

    /// A start or end as a position in 0…size (−1 as the end of a backward walk), as the operator clamps it.
    private static Dim bound(Dim given, Dim size, long step, boolean start) {
        boolean forward = step > 0;
        if (given instanceof Dim.Fixed(long n)) {
            if (n > Integer.MAX_VALUE / 2) {
                return forward || !start ? size : DimMath.sub(size, 1);
            }
            if (n < Integer.MIN_VALUE / 2) {
                return forward || start ? Dim.of(0) : Dim.of(-1);
            }
            Dim at = n < 0 ? DimMath.add(size, n) : given;
            Dim highest = forward || !start ? size : DimMath.sub(size, 1);
            Dim lowest = forward || start ? Dim.of(0) : Dim.of(-1);
            if (at instanceof Dim.Fixed && size instanceof Dim.Fixed) {
                return DimMath.max(lowest, DimMath.min(at, highest));
            }
            // A named extent is taken to be long enough for a start inside it.
            return n < 0 || start ? at : DimMath.min(at, highest);
        }
        if (DimMath.nonNegative(given)) {
            return start ? given : DimMath.min(given, size);
        }
        Dim fromEnd = DimMath.sub(Dim.of(0), given);
        return DimMath.nonNegative(fromEnd)
                ? DimMath.add(size, given)
                : DimMath.nonNegative(DimMath.sub(size, given)) ? given : Dim.unknown();
    }
}
