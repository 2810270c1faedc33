package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
                c.contradiction("sizes " + n + " and " + m + " cannot be broadcast together");
                return Dim.unknown();
            }
            return a;
        }
        if (b instanceof Dim.Fixed(long m)) {
            return m == 1 ? a : b;
        }
        return DimMath.max(a, b);
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
