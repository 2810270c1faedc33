package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Tensor;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Shape computations followed element by element, with symbolic sizes.
public final class Folds {
    private Folds() {}

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
                                out.add(
                                        test instanceof Dim.Fixed(long t)
                                                ? t != 0 ? yes : no
                                                : WholeNumbers.either(test, yes, no));
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
        return Floats.of(t)
                .filter(all -> all.size() == 1)
                .map(List::getFirst)
                .filter(v -> v == Math.rint(v) && Math.abs(v) < 1L << 53)
                .map(v -> Dim.of(v.longValue()));
    }

    /// Elements of Concat along `axis`: all inputs known, vectors or more, and together no more than anybody follows.
    public static void concat(InferContext c, int axis) {
        List<SmallTensor> parts = new ArrayList<>();
        int together = 0;
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
            together += part.get().elements().size();
            if (together > SmallTensor.LIMIT) {
                return;
            }
            parts.add(part.get());
        }
        List<Dim> out = new ArrayList<>(together);
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
            long size = sizes.isPresent() ? sizes.get().get(i) : Math.ceilDiv(n, c.outputs());
            int to = from + (int) Math.clamp(size, 0, (long) n - from);
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

    /// Elements of ScatterND into a vector at single positions, where they replace what is there.
    public static void scatter(InferContext c) {
        if (!c.attrs().stringOr("reduction", "none").equals("none")) {
            return;
        }
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
}
