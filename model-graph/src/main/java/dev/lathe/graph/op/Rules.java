package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Inference rules that many operators share. Each tells what it can and leaves the rest unknown.
public final class Rules {
    /// Shapes of so few axes are made whatever the others of a model are.
    private static final int FEW_AXES = 16;

    private Rules() {}

    /// Output 0 has the shape of input 0; element types follow from the schema.
    public static void sameAsInput(InferContext c) {
        c.output(0, c.shape(0));
    }

    /// Output 0 is input 0, elements included.
    public static void identity(InferContext c) {
        c.know(0, c.input(0));
    }

    /// Every output has the shape of input 0.
    public static void allSameAsInput(InferContext c) {
        for (int i = 0; i < c.outputs(); i++) {
            c.output(i, c.shape(0));
        }
    }

    /// Shape of input 0, and its elements, if known, mapped one by one.
    public static void map(InferContext c, UnaryOperator<Dim> operation) {
        sameAsInput(c);
        c.elements(0).ifPresent(e -> c.elements(0, e.stream().map(operation).toList()));
    }

    /// The same; fractions are mapped with `real`.
    public static void map(InferContext c, UnaryOperator<Dim> operation, DoubleUnaryOperator real) {
        map(c, operation);
        c.input(0)
                .reals()
                .ifPresent(all ->
                        c.reals(0, all.stream().map(v -> real.applyAsDouble(v)).toList()));
    }

    /// Shape of input 0, and its numbers, if all are known, mapped with `real`, which the type of the tensor rounds.
    /// Only for operations of which every kernel gives the nearest number.
    public static void exact(InferContext c, DoubleUnaryOperator real) {
        sameAsInput(c);
        c.input(0)
                .reals()
                .ifPresent(all -> c.reals(
                        0,
                        all.stream()
                                .map(v -> Floats.rounded(real.applyAsDouble(v), c.dtype(0)))
                                .toList()));
    }

    /// The element type that an ONNX type code in attribute `name` means.
    public static Optional<DType> dtypeAttr(InferContext c, String name) {
        return DType.ofOnnxCode((int) c.attrs().intOr(name, 0));
    }

    /// [#map] for roundings, which make whole numbers of parts of sizes.
    public static void round(InferContext c, Function<Quotient, Dim> rounding, DoubleUnaryOperator real) {
        map(c, d -> d, real);
        c.input(0)
                .quotients()
                .ifPresent(all -> c.elements(0, all.stream().map(rounding).toList()));
    }

    /// Reduction over `axes` (attribute, or the integer input at 1): keepdims, all axes by default.
    public static void reduce(InferContext c) {
        if (!c.attrs().has("axes")) {
            Sizes.atRun(c).rank(1, 1);
        }
        boolean keep = c.attrs().intOr("keepdims", 1) == 1;
        Optional<List<Dim>> dims = c.dims(0);
        if (dims.isEmpty()) {
            c.output(
                    0,
                    !keep && Axes.given(c, 1).filter(List::isEmpty).isPresent() && emptyMeansAll(c)
                            ? Shape.of()
                            : unranked());
            return;
        }
        int rank = dims.get().size();
        Optional<BitSet> axes = Axes.among(c, 1, rank);
        if (axes.isEmpty()) {
            // Their number alone tells the rank; none means all or nothing.
            Optional<Integer> gone = Axes.given(c, 1).isEmpty() ? Axes.count(c, 1) : Optional.empty();
            c.output(
                    0,
                    keep
                            ? unknownDims(rank)
                            : gone.filter(n -> n > 0 && n <= rank)
                                    .map(n -> unknownDims(rank - n))
                                    .orElse(unranked()));
            return;
        }
        boolean all = axes.get().isEmpty();
        if (all && !emptyMeansAll(c)) {
            c.output(0, c.shape(0));
            return;
        }
        List<Dim> out = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            if (!all && !axes.get().get(i)) {
                out.add(dims.get().get(i));
            } else if (keep) {
                out.add(Dim.of(1));
            }
        }
        c.output(0, out);
    }

    private static boolean emptyMeansAll(InferContext c) {
        return c.attrs().intOr("noop_with_empty_axes", 0) == 0;
    }

    /// [#reduce], and the fold of a vector's elements with `operation`; where no axis is reduced they stay.
    public static void reduce(InferContext c, Dim start, Broadcast.DimOperation operation) {
        reduce(c);
        Optional<SmallTensor> t =
                SmallTensor.of(c.input(0)).filter(v -> v.dims().size() <= 1);
        Optional<List<Integer>> axes = t.flatMap(v -> Axes.given(c, 1, v.dims().size()));
        if (axes.isEmpty() || t.get().elements().isEmpty()) {
            return;
        }
        if (axes.get().isEmpty() && !emptyMeansAll(c)) {
            c.elements(0, t.get().elements());
            return;
        }
        Dim all = start;
        for (Dim d : t.get().elements()) {
            all = operation.of(all, d);
        }
        c.elements(0, List.of(all));
    }

    /// ArgMax and ArgMin: one axis goes (or becomes 1), output int64.
    public static void argReduce(InferContext c) {
        Optional<Integer> axis = Axes.attr(c, "axis", 0);
        if (axis.isEmpty()) {
            return;
        }
        List<Dim> out = new ArrayList<>(c.dims(0).orElseThrow());
        if (c.attrs().intOr("keepdims", 1) == 1) {
            out.set(axis.get(), Dim.of(1));
        } else {
            out.remove((int) axis.get());
        }
        c.output(0, out);
    }

    public static Shape unranked() {
        return Shape.unranked();
    }

    /// Whether an output of so many axes is followed; where it is not, that is told.
    public static boolean isFollowed(InferContext c, int rank) {
        if (rank > Shape.MOST_AXES) {
            c.doubt("an output would have " + rank + " axes; at most " + Shape.MOST_AXES + " are followed");
        }
        return rank <= Shape.MOST_AXES;
    }

    /// Whether a new shape of so many axes is worth making: operators that add up what they are given ask before they
    /// make it. Where a model has used up what is followed of it, long shapes are not kept.
    public static boolean isMade(InferContext c, int rank) {
        return isFollowed(c, rank) && (rank <= FEW_AXES || c.followsContents());
    }

    /// A shape of which only the rank is known, and not even that where it is more than can be followed.
    public static Shape unknownDims(int rank) {
        if (rank > Shape.MOST_AXES) {
            return unranked();
        }
        List<Dim> dims = new ArrayList<>(rank);
        for (int i = 0; i < rank; i++) {
            dims.add(Dim.unknown());
        }
        return Shape.of(dims);
    }

    /// The shape that an integer vector's elements mean; −1 and other negative numbers are unknown extents.
    public static Shape shapeFrom(Known vector) {
        if (vector.elements().isPresent()) {
            return Shape.of(vector.elements().get().stream()
                    .map(d -> d instanceof Dim.Fixed(long n) && n < 0 ? Dim.unknown() : d)
                    .toList());
        }
        if (vector.type().shape() instanceof Shape.Ranked(List<Dim> dims)
                && dims.size() == 1
                && dims.getFirst() instanceof Dim.Fixed(long rank)
                && rank >= 0
                && rank <= 64) {
            return unknownDims((int) rank);
        }
        return unranked();
    }

    /// [#matmul] of two shapes: batch axes broadcast, inner extents unified, vectors promoted as in NumPy.
    public static Shape matmul(InferContext c, Shape a, Shape b) {
        if (!(a instanceof Shape.Ranked(List<Dim> x)) || !(b instanceof Shape.Ranked(List<Dim> y))) {
            return unranked();
        }
        if (x.isEmpty() || y.isEmpty()) {
            c.misfit("a scalar cannot be multiplied as a matrix");
            return unranked();
        }
        List<Dim> left = x.size() == 1 ? List.of(Dim.of(1), x.getFirst()) : x;
        List<Dim> right = y.size() == 1 ? List.of(y.getFirst(), Dim.of(1)) : y;
        if (left.getLast() instanceof Dim.Fixed(long n)
                && right.get(right.size() - 2) instanceof Dim.Fixed(long m)
                && n != m) {
            c.misfit("sizes " + n + " and " + m + " must be equal");
        } else {
            c.unify(left.getLast(), right.get(right.size() - 2));
        }
        Shape batch = Broadcast.of(
                c, Shape.of(left.subList(0, left.size() - 2)), Shape.of(right.subList(0, right.size() - 2)));
        List<Dim> out = new ArrayList<>(batch instanceof Shape.Ranked(List<Dim> d) ? d : List.of());
        if (x.size() > 1) {
            out.add(left.get(left.size() - 2));
        }
        if (y.size() > 1) {
            out.add(right.getLast());
        }
        return Shape.of(out);
    }

    /// Output 0 is the matrix product of inputs `a` and `b`.
    public static void matmul(InferContext c, int a, int b) {
        c.output(0, matmul(c, c.shape(a), c.shape(b)));
    }

    /// Known elements as a type-preserving reinterpretation: Reshape, Squeeze, Unsqueeze and their like.
    public static void keepElements(InferContext c) {
        c.elements(0).ifPresent(e -> c.elements(0, e));
        c.input(0).fractions().ifPresent(all -> c.reals(0, all));
        c.input(0).quotients().ifPresent(all -> c.quotients(0, all));
    }

    /// The product of all dimensions.
    public static Dim count(List<Dim> dims) {
        return DimMath.product(dims);
    }

    public static ValueType tensor(Optional<DType> dtype, Shape shape) {
        return new ValueType.TensorType(dtype, shape);
    }
}
