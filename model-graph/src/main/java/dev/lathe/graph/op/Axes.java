package dev.lathe.graph.op;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Dim;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Axes as operators are given them: negative from the end, as an attribute in old opsets and an input in new
/// ones.
public final class Axes {
    /// Of which ONNX Runtime looks at the axis when they run.
    private static final Set<String> AT_RUN = Set.of("LayerNormalization", "RMSNormalization");

    private Axes() {}

    /// `axis` counted from the front; empty (and a diagnostic) when it lies outside the rank.
    public static Optional<Integer> of(InferContext c, long axis, int rank) {
        long at = axis < 0 ? axis + rank : axis;
        if (at < 0 || at >= rank) {
            String sentence = "axis " + axis + " lies outside a rank of " + rank;
            // That of old operators, too.
            if (c.opset() >= 11 && !AT_RUN.contains(c.node().op())) {
                c.misfit(sentence);
            } else {
                c.contradiction(sentence);
            }
            return Optional.empty();
        }
        return Optional.of((int) at);
    }

    /// The attribute `name` (default `otherwise`) as an axis of input 0.
    public static Optional<Integer> attr(InferContext c, String name, long otherwise) {
        return c.dims(0).flatMap(d -> of(c, c.attrs().intOr(name, otherwise), d.size()));
    }

    /// Only looks whether the attribute `axis` lies outside the rank of input 0, for operators whose outputs do not
    /// depend on it. In old versions it might be the rank itself.
    public static void checked(InferContext c) {
        c.dims(0)
                .filter(d ->
                        c.attrs().has("axis") && (c.opset() >= 11 || c.attrs().intOr("axis", 0) != d.size()))
                .ifPresent(d -> {
                    Optional<Integer> unused = of(c, c.attrs().intOr("axis", 0), d.size());
                });
    }

    /// Axes given by the attribute `axes` or by the integer input at `input`. Empty when an input gives them
    /// but its content is not known; an empty list when nobody gives any.
    public static Optional<List<Long>> given(InferContext c, int input) {
        Optional<List<Long>> attr = c.attrs().ints("axes");
        if (attr.isPresent()) {
            return attr;
        }
        if (c.attrs().find("axes").orElse(Attr.of("")) instanceof Attr.IntAttr(long one)) {
            return Optional.of(List.of(one));
        }
        return c.has(input) ? c.numbers(input) : Optional.of(List.of());
    }

    /// How many axes the integer input at `input` gives, where its length is known.
    public static Optional<Integer> count(InferContext c, int input) {
        return c.dims(input)
                .filter(d -> d.size() == 1)
                .flatMap(d -> d.getFirst() instanceof Dim.Fixed(long n) && n >= 0 && n <= 64
                        ? Optional.of((int) n)
                        : Optional.empty());
    }

    /// [#given] counted from the front of `rank`.
    public static Optional<List<Integer>> given(InferContext c, int input, int rank) {
        return given(c, input).flatMap(axes -> {
            List<Integer> out = new ArrayList<>(axes.size());
            for (long a : axes) {
                Optional<Integer> at = of(c, a, rank);
                if (at.isEmpty()) {
                    return Optional.empty();
                }
                out.add(at.get());
            }
            return Optional.of(out);
        });
    }

    /// The same as a set, in which one that is given twice is once: each axis of a thousand is looked up in a thousand.
    public static Optional<BitSet> among(InferContext c, int input, int rank) {
        return given(c, input).flatMap(axes -> {
            BitSet out = new BitSet(rank);
            for (long a : axes) {
                Optional<Integer> at = of(c, a, rank);
                if (at.isEmpty()) {
                    return Optional.empty();
                }
                out.set(at.get());
            }
            return Optional.of(out);
        });
    }
}
