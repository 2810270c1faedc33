package dev.lathe.graph.op;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// What Resize and Upsample make of extents.
public final class Resizing {
    private Resizing() {}

    /// Resize and Upsample: output extents from `sizes`, else floor(extent · scale).
    public static void infer(InferContext c) {
        Optional<List<Dim>> dims = c.dims(0);
        if (dims.isEmpty()) {
            return;
        }
        int rank = dims.get().size();
        modes(c);
        List<Dim> out = new ArrayList<>(dims.get());
        Optional<List<Integer>> axes = c.attrs().ints("axes").flatMap(a -> Axes.given(c, Integer.MAX_VALUE, rank));
        if (axes.filter(a -> a.stream().distinct().count() < a.size()).isPresent()) {
            c.misfit("one axis is given twice in " + c.attrs().ints("axes").orElseThrow());
            return;
        }
        boolean newForm = c.inputs() > 2 || (c.node().op().equals("Resize") && c.opset() >= 11);
        int sizesAt = 3;
        int scalesAt = newForm ? 2 : 1;
        Optional<List<Double>> scales = c.constant(scalesAt).flatMap(Floats::of).filter(s -> !s.isEmpty());
        if (scales.isEmpty()) {
            scales = c.input(scalesAt).reals().filter(s -> !s.isEmpty()).or(() -> floats(c));
        }
        if (!fits(
                c,
                scales.map(List::size),
                scalesAt,
                sizesAt,
                axes.map(List::size).orElse(rank))) {
            c.output(0, Rules.unknownDims(rank));
            return;
        }
        if (c.has(sizesAt)
                && !c.attrs().stringOr("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            c.output(0, proportional(c, dims.get(), axes, c.numbers(sizesAt)));
            return;
        }
        Optional<List<Dim>> factors = c.elements(scalesAt).filter(e -> !e.isEmpty());
        for (int i = 0; i < axes.map(List::size).orElse(rank); i++) {
            int axis = axes.isPresent() ? axes.get().get(i) : i;
            Dim extent = dims.get().get(axis);
            if (c.has(sizesAt)) {
                out.set(axis, c.elements(sizesAt).map(at(i)).orElse(Dim.unknown()));
            } else if (scales.isPresent()) {
                out.set(
                        axis,
                        i < scales.get().size()
                                ? Floats.scaled(extent, scales.get().get(i))
                                : Dim.unknown());
            } else {
                out.set(axis, DimMath.mul(extent, factors.map(at(i)).orElse(Dim.unknown())));
            }
        }
        c.output(0, out);
    }

    private static void modes(InferContext c) {
        String mode = c.attrs().stringOr("mode", "nearest");
        boolean smooth = c.attrs().intOr("antialias", 0) != 0;
        if (smooth && mode.equals("nearest")) {
            c.fault("'antialias' is for the modes linear and cubic");
        }
        if (c.attrs().intOr("exclude_outside", 0) != 0 && !mode.equals("cubic") && !(smooth && mode.equals("linear"))) {
            c.fault("'exclude_outside' is for the mode cubic, and linear with 'antialias'");
        }
    }

    /// Whether one of scales and sizes is given, with as many numbers as there are axes.
    private static boolean fits(InferContext c, Optional<Integer> scales, int scalesAt, int sizesAt, int axes) {
        boolean sized = c.has(sizesAt) && !isEmpty(c, sizesAt);
        boolean scaled = scales.isPresent() || c.has(scalesAt) && !isEmpty(c, scalesAt);
        if (c.node().op().equals("Resize") && c.opset() >= 13 && sized == scaled) {
            c.misfit(sized ? "scales and sizes are both given" : "neither scales nor sizes are given");
            return false;
        }
        Optional<Integer> numbers = sized ? Axes.count(c, sizesAt) : scales.or(() -> Axes.count(c, scalesAt));
        if ((sized || scaled) && numbers.filter(n -> n > 0 && n != axes).isPresent()) {
            c.misfit(numbers.get() + (sized ? " sizes" : " scales") + " are given for " + axes + " axes: one for each");
            return false;
        }
        return true;
    }

    /// In models of older form an empty tensor stands where nothing is given.
    private static boolean isEmpty(InferContext c, int input) {
        return c.dims(input).filter(d -> d.contains(Dim.of(0))).isPresent();
    }

    /// Extents scaled by one factor, so that none is larger (or smaller) than asked for.
    private static List<Dim> proportional(
            InferContext c, List<Dim> dims, Optional<List<Integer>> axes, Optional<List<Long>> sizes) {
        boolean largest = c.attrs().stringOr("keep_aspect_ratio_policy", "").equals("not_smaller");
        List<Dim> out = new ArrayList<>(dims);
        List<Integer> scaled =
                axes.orElseGet(() -> IntStream.range(0, dims.size()).boxed().toList());
        double factor = largest ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < scaled.size(); i++) {
            boolean known = dims.get(scaled.get(i)) instanceof Dim.Fixed(long n)
                    && n > 0
                    && sizes.filter(s -> s.size() == scaled.size()).isPresent();
            double ratio = known
                    ? (double) sizes.orElseThrow().get(i)
                            / dims.get(scaled.get(i)).fixed().orElseThrow()
                    : Double.NaN;
            factor = largest ? Math.max(factor, ratio) : Math.min(factor, ratio);
        }
        for (int axis : scaled) {
            out.set(
                    axis,
                    Double.isNaN(factor)
                            ? Dim.unknown()
                            : Dim.of(Math.round(factor * dims.get(axis).fixed().orElseThrow())));
        }
        return out;
    }

    private static Function<List<Dim>, Dim> at(int i) {
        return all -> i < all.size() ? all.get(i) : Dim.unknown();
    }

    private static Optional<List<Double>> floats(InferContext c) {
        return c.attrs()
                .find("scales")
                .flatMap(a -> a instanceof Attr.FloatsAttr(List<Float> v)
                        ? Optional.of(v.stream().map(Float::doubleValue).toList())
                        : Optional.empty());
    }
}
