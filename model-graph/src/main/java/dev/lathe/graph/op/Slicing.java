package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Shape and elements of Slice, with symbolic sizes.
public final class Slicing {
    private Slicing() {}

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
            if (size.equals(Dim.of(0))) {
                length = Dim.of(0);
                exact = false;
            }
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

    /// A start or end as a position in 0…size (−1 as the end of a backward walk), as ONNX Runtime clamps it.
    private static Dim bound(Dim given, Dim size, long step, boolean start) {
        boolean forward = step > 0;
        if (given instanceof Dim.Fixed(long n)) {
            if (!forward && !start && (n == Integer.MAX_VALUE || n == Long.MAX_VALUE)) {
                // These two mean "to the end", which is the first element of a backward walk.
                return Dim.of(-1);
            }
            return size instanceof Dim.Fixed(long extent)
                    ? Dim.of(clamped(n, extent, forward, start))
                    : open(n, size, forward, start);
        }
        if (DimMath.nonNegative(given)) {
            return start ? given : DimMath.min(given, size);
        }
        Dim fromEnd = DimMath.sub(Dim.of(0), given);
        return DimMath.nonNegative(fromEnd)
                ? DimMath.add(size, given)
                : DimMath.nonNegative(DimMath.sub(size, given)) ? given : Dim.unknown();
    }

    private static long clamped(long given, long extent, boolean forward, boolean start) {
        long at = given < 0 ? given + extent : given;
        return forward
                ? Math.clamp(at, 0, extent)
                : start ? Math.max(0, Math.min(at, extent - 1)) : Math.max(-1, Math.min(at, extent));
    }

    /// The same in an extent that is not known, which is taken to be long enough for a start inside it.
    private static Dim open(long given, Dim size, boolean forward, boolean start) {
        if (given > Integer.MAX_VALUE / 2) {
            return forward || !start ? size : DimMath.sub(size, 1);
        }
        if (given < Integer.MIN_VALUE / 2) {
            return forward || start ? Dim.of(0) : Dim.of(-1);
        }
        Dim at = given < 0 ? DimMath.add(size, given) : Dim.of(given);
        Dim highest = forward || !start ? size : DimMath.sub(size, 1);
        return given < 0 || start ? at : DimMath.min(at, highest);
    }
}
