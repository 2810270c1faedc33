package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.LongStream;

/// Multidirectional broadcasting (ONNX Broadcasting.md): shapes aligned at their ends, extents of 1 repeated.
public final class Broadcast {
    private Broadcast() {}

    /// The common shape of two. Of two different named dimensions one must be 1 or both equal, so their maximum
    /// is right for every non-empty size.
    public static Shape of(InferContext c, Shape a, Shape b) {
        if (!(a instanceof Shape.Ranked(List<Dim> x)) || !(b instanceof Shape.Ranked(List<Dim> y))) {
            return Shape.unranked();
        }
        int rank = Math.max(x.size(), y.size());
        List<Dim> out = new ArrayList<>(rank);
        for (int i = 0; i < rank; i++) {
            int p = i - (rank - x.size());
            int q = i - (rank - y.size());
            out.add(p < 0 ? y.get(q) : q < 0 ? x.get(p) : dim(c, x.get(p), y.get(q)));
        }
        return Shape.of(out);
    }

    private static Dim dim(InferContext c, Dim a, Dim b) {
        if (a instanceof Dim.Fixed(long n)) {
            if (n == 1) {
                return b;
            }
            if (b instanceof Dim.Fixed(long m) && m != 1 && m != n) {
                c.misfit("sizes " + n + " and " + m + " cannot be broadcast together");
                return Dim.unknown();
            }
            return a;
        }
        if (b instanceof Dim.Fixed(long m)) {
            return m == 1 ? a : b;
        }
        return DimMath.max(a, b);
    }

    /// Whether two shapes have a common one, as far as their sizes are known.
    public static boolean meet(Shape a, Shape b) {
        if (!(a instanceof Shape.Ranked(List<Dim> x)) || !(b instanceof Shape.Ranked(List<Dim> y))) {
            return true;
        }
        for (int i = 1; i <= Math.min(x.size(), y.size()); i++) {
            if (x.get(x.size() - i) instanceof Dim.Fixed(long n)
                    && y.get(y.size() - i) instanceof Dim.Fixed(long m)
                    && n != 1
                    && m != 1
                    && n != m) {
                return false;
            }
        }
        return true;
    }

    /// Reports a tensor (`what` it is, as in "scale") that cannot be repeated to fill a shape: one that has more axes,
    /// or an extent that is neither 1 nor the shape's.
    public static void checkFills(InferContext c, String what, Shape given, Shape whole) {
        if (!(given instanceof Shape.Ranked(List<Dim> from)) || !(whole instanceof Shape.Ranked(List<Dim> to))) {
            return;
        }
        boolean fits = from.size() <= to.size();
        for (int i = 1; fits && i <= from.size(); i++) {
            if (from.get(from.size() - i) instanceof Dim.Fixed(long n)
                    && to.get(to.size() - i) instanceof Dim.Fixed(long m)) {
                fits = n == 1 || n == m;
            }
        }
        if (!fits) {
            c.contradiction("a " + what + " of " + given + " cannot be broadcast to " + whole);
        }
    }

    /// Output 0 has the common shape of all inputs; false when some input's rank is unknown.
    public static void all(InferContext c) {
        Shape shape = c.inputs() == 0 ? Shape.unranked() : c.shape(0);
        for (int i = 1; i < c.inputs(); i++) {
            if (c.has(i)) {
                shape = of(c, shape, c.shape(i));
            }
        }
        c.output(0, shape);
    }

    /// Like [#all] for two inputs, and folds their elements, if known, with `operation`.
    public static void fold(InferContext c, DimOperation operation) {
        all(c);
        Optional<SmallTensor> a = SmallTensor.of(c.input(0));
        Optional<SmallTensor> b = SmallTensor.of(c.input(1));
        if (a.isEmpty() || b.isEmpty()) {
            return;
        }
        List<Long> shape = common(a.get().dims(), b.get().dims());
        a.get()
                .broadcast(shape)
                .ifPresent(x -> b.get().broadcast(shape).ifPresent(y -> {
                    List<Dim> out = new ArrayList<>(x.elements().size());
                    for (int i = 0; i < x.elements().size(); i++) {
                        out.add(operation.of(x.elements().get(i), y.elements().get(i)));
                    }
                    c.elements(0, out);
                }));
    }

    /// A product or quotient of numbers: [#fold], and parts of sizes.
    public static void scale(InferContext c, DimOperation operation, DoubleBinaryOperator real, boolean divided) {
        fold(c, operation, real);
        Quotient.product(c, divided);
    }

    /// The same; fractions are put together with `real`, in the precision of the tensor.
    public static void fold(InferContext c, DimOperation operation, DoubleBinaryOperator real) {
        fold(c, operation);
        Optional<List<Double>> a = c.input(0).reals();
        Optional<List<Double>> b = c.input(1).reals();
        if (a.isEmpty() || b.isEmpty()) {
            return;
        }
        Optional<SmallTensor> p = positions(c.type(0), a.get().size());
        Optional<SmallTensor> q = positions(c.type(1), b.get().size());
        if (p.isEmpty() || q.isEmpty()) {
            return;
        }
        List<Long> shape = common(p.get().dims(), q.get().dims());
        p.get()
                .broadcast(shape)
                .ifPresent(x -> q.get().broadcast(shape).ifPresent(y -> {
                    List<Double> out = new ArrayList<>(x.elements().size());
                    for (int i = 0; i < x.elements().size(); i++) {
                        double exact = real.applyAsDouble(
                                a.get().get(at(x, i)), b.get().get(at(y, i)));
                        out.add(Floats.rounded(exact, c.dtype(0)));
                    }
                    c.reals(0, out);
                }));
    }

    /// A tensor that holds the position of each of its elements: what picks elements from it tells which.
    public static Optional<SmallTensor> positions(ValueType type, int size) {
        return SmallTensor.fixed(type)
                .filter(dims -> SmallTensor.count(dims) == size)
                .map(dims -> new SmallTensor(
                        dims, LongStream.range(0, size).mapToObj(Dim::of).toList()));
    }

    private static int at(SmallTensor positions, int i) {
        return (int) positions.elements().get(i).fixed().orElseThrow();
    }

    /// The larger extents of two aligned shapes.
    public static List<Long> common(List<Long> a, List<Long> b) {
        int rank = Math.max(a.size(), b.size());
        List<Long> out = new ArrayList<>(rank);
        for (int i = 0; i < rank; i++) {
            int p = i - (rank - a.size());
            int q = i - (rank - b.size());
            out.add(p < 0 ? b.get(q) : q < 0 ? a.get(p) : a.get(p) == 1 ? b.get(q) : a.get(p));
        }
        return out;
    }

    /// An operation on two whole numbers that may be symbolic.
    public interface DimOperation {
        Dim of(Dim a, Dim b);
    }
}
