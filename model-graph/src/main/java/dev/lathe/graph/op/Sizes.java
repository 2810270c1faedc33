package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Sizes of a node's inputs that kernels want to agree, though no shape of an output follows from it: the length of a
/// bias, the channels of a scale, the batch of a mask. Sizes that are not known fit, and so does an input that is left
/// out. Only what is wrong first is told, as kernels stop there, too, and nothing of a node of which something was told
/// before.
public final class Sizes {
    private final InferContext c;
    private final Consumer<String> told;
    private boolean fit;

    private Sizes(InferContext c, Consumer<String> told) {
        this.c = c;
        this.told = told;
        fit = !c.isWrong();
    }

    /// What ONNX Runtime looks at when the node runs.
    public static Sizes atRun(InferContext c) {
        return new Sizes(c, c::contradiction);
    }

    /// What ONNX Runtime looks at when it loads the model.
    public static Sizes atLoading(InferContext c) {
        return new Sizes(c, c::misfit);
    }

    /// The extent of an input on an axis, which counts from the end where it is below 0; unknown where there is none.
    public static Dim of(InferContext c, int input, int axis) {
        return CostContext.dim(c.type(input), axis);
    }

    /// Whether all that was asked for so far fits.
    public boolean fit() {
        return fit;
    }

    /// An input has so many axes.
    public Sizes rank(int input, int rank) {
        return ranks(input, rank, rank);
    }

    /// An input has at least and at most so many axes.
    public Sizes ranks(int input, int least, int most) {
        if (fit && c.has(input) && c.dims(input).isPresent()) {
            int rank = c.dims(input).get().size();
            require(
                    rank >= least && rank <= most,
                    () -> name(input) + " must have "
                            + (least == most
                                    ? "rank " + least
                                    : most == Integer.MAX_VALUE
                                            ? "a rank of at least " + least
                                            : "a rank of " + least + " to " + most)
                            + ", and has rank " + rank);
        }
        return this;
    }

    /// An input has this shape.
    public Sizes shape(int input, Dim... wanted) {
        return shape(input, List.of(wanted));
    }

    /// An input has this shape, where extents that are not known are any.
    public Sizes shape(int input, List<Dim> wanted) {
        if (fit && c.has(input)) {
            c.dims(input)
                    .ifPresent(dims -> require(
                            agree(dims, wanted),
                            () -> name(input) + " is " + Shape.of(dims) + ", and must be " + Shape.of(wanted)));
        }
        return this;
    }

    /// An input has one of these shapes.
    public Sizes oneOf(int input, List<List<Dim>> wanted) {
        if (fit && c.has(input)) {
            c.dims(input)
                    .ifPresent(dims -> require(
                            wanted.stream().anyMatch(w -> agree(dims, w)),
                            () -> name(input) + " is " + Shape.of(dims) + ", and must be "
                                    + String.join(
                                            " or ",
                                            wanted.stream()
                                                    .map(w -> Shape.of(w).toString())
                                                    .distinct()
                                                    .toList())));
        }
        return this;
    }

    /// An input has this extent on an axis, where it has that axis.
    public Sizes extent(int input, int axis, Dim wanted) {
        if (fit && c.has(input)) {
            require(
                    agree(of(c, input, axis), wanted),
                    () -> name(input) + " is " + c.shape(input) + ", and must have " + wanted + " on axis "
                            + (axis < 0 ? axis + c.dims(input).orElseThrow().size() : axis));
        }
        return this;
    }

    /// An input has the shape of another.
    public Sizes same(int input, int other) {
        return c.has(other) ? c.dims(other).map(d -> shape(input, d)).orElse(this) : this;
    }

    /// Two inputs have the same extent on an axis of each.
    public Sizes same(int input, int axis, int other, int otherAxis) {
        return c.has(other) ? extent(input, axis, of(c, other, otherAxis)) : this;
    }

    /// An input is a scalar or a vector of one element.
    public Sizes single(int input) {
        return oneOf(input, List.of(List.of(), List.of(Dim.of(1))));
    }

    /// An input is the number of an axis of `data`, where it is known.
    public Sizes axisOf(int input, int data) {
        c.dims(data)
                .filter(d -> fit && !d.isEmpty())
                .ifPresent(d -> c.numbers(input)
                        .filter(n -> n.size() == 1)
                        .ifPresent(n -> require(
                                n.getFirst() >= -d.size() && n.getFirst() < d.size(),
                                () -> "axis " + n.getFirst() + " lies outside a rank of " + d.size())));
        return this;
    }

    /// An input has so many elements, whatever its shape.
    public Sizes count(int input, Dim wanted) {
        if (fit && c.has(input)) {
            c.dims(input)
                    .map(DimMath::product)
                    .ifPresent(n -> require(
                            agree(n, wanted), () -> name(input) + " has " + n + " elements, and must have " + wanted));
        }
        return this;
    }

    /// Each of these inputs is a scalar where ONNX Runtime sees what is in it when it loads the model; elsewhere one
    /// element of any shape will do.
    public static void scalars(InferContext c, int... inputs) {
        for (int i : inputs) {
            if (c.constant(i).isPresent()) {
                atLoading(c).rank(i, 0);
            } else {
                atRun(c).count(i, Dim.of(1));
            }
        }
    }

    /// A size is a multiple of another.
    ///
    /// @param what both are, as in "channels in groups"
    public Sizes divides(Dim whole, long part, String what) {
        if (whole instanceof Dim.Fixed(long n)) {
            require(
                    part != 0 && n % part == 0,
                    () -> n + " " + what.replaceFirst(" in ", " are not a multiple of " + part + " "));
        }
        return this;
    }

    /// Two sizes are equal.
    public Sizes equal(Dim a, Dim b, String what) {
        return require(agree(a, b), () -> what + ": " + a + " and " + b + " must be equal");
    }

    /// Something else holds, or the sentence is told.
    public Sizes require(boolean holds, Supplier<String> sentence) {
        if (fit && !holds) {
            fit = false;
            told.accept(sentence.get());
        }
        return this;
    }

    private static boolean agree(List<Dim> a, List<Dim> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!agree(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean agree(Dim a, Dim b) {
        return !(a instanceof Dim.Fixed) || !(b instanceof Dim.Fixed) || a.equals(b);
    }

    /// The input as its operator calls it.
    private String name(int input) {
        return OpCatalog.standard()
                .find(c.node())
                .flatMap(op -> op.schema().input(input))
                .map(p -> "its input '" + p.name() + "'")
                .orElse("its input " + input);
    }

    /// As many extents as an axis has, none of them known.
    public static List<Dim> any(int rank) {
        return new ArrayList<>(Collections.nCopies(rank, Dim.unknown()));
    }
}
