package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
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
            Walk walk = Walk.of(cut.starts().get().get(i), cut.ends().get().get(i), size, step);
            Dim length = walk.length();
            if (size.equals(Dim.of(0))) {
                length = Dim.of(0);
                exact = false;
            }
            out.set(axis.get(), length);
            if (exact && walk.first() instanceof Dim.Fixed(long first)) {
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
}
