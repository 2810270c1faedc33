package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The spatial arithmetic of convolutions and pooling: windows that slide over the axes after batch and
/// channel (ONNX operator documentation of Conv, MaxPool and ConvTranspose).
public final class Windows {
    private Windows() {}

    /// Conv and its quantized kin: batch of `x`, channels of `w`, windows of `w`'s trailing extents.
    public static void conv(InferContext c, int x, int w) {
        conv(c, x, w, ChannelOrder.FIRST);
    }

    /// The same of `x` in this order; the weight has its channels in front of its extents in either.
    public static void conv(InferContext c, int x, int w, ChannelOrder order) {
        Optional<List<Dim>> in = c.dims(x).map(order::toFirst);
        Optional<List<Dim>> weight = c.dims(w);
        int rank = in.or(() -> weight).map(List::size).orElse(-1);
        if (rank < 0) {
            return;
        }
        if (in.filter(d -> d.size() < 3).isPresent()) {
            c.misfit("the input of a convolution must have at least 3 axes, and has "
                    + in.get().size());
            return;
        }
        if (rank < 3
                || in.filter(d -> d.size() != rank).isPresent()
                || weight.filter(d -> d.size() != rank).isPresent()) {
            c.misfit("input and weight of a convolution must have the same rank of at least 3");
            return;
        }
        in.ifPresent(i -> weight.ifPresent(k ->
                c.unify(i.get(1), DimMath.mul(k.get(1), c.attrs().intOr("group", 1)))));
        List<Dim> out = new ArrayList<>();
        out.add(in.map(List::getFirst).orElse(Dim.unknown()));
        out.add(weight.map(List::getFirst).orElse(Dim.unknown()));
        if (!fit(c, weight, rank - 2) || !padded(c)) {
            c.output(0, order.fromFirst(open(out, rank)));
            return;
        }
        List<Dim> kernel = kernel(c, weight, rank - 2);
        for (int i = 0; i < rank - 2; i++) {
            Dim size = in.isPresent() ? in.get().get(i + 2) : Dim.unknown();
            out.add(slide(c, size, kernel.get(i), i, rank - 2));
        }
        c.output(0, order.fromFirst(out));
    }

    /// Pooling over `kernel_shape`; every output has the pooled shape.
    public static void pool(InferContext c) {
        pool(c, ChannelOrder.FIRST);
    }

    /// The same of an input in this order.
    public static void pool(InferContext c, ChannelOrder order) {
        Optional<List<Dim>> in = c.dims(0).map(order::toFirst);
        if (in.isEmpty()) {
            c.attrs().ints("kernel_shape").ifPresent(k -> c.output(0, Rules.unknownDims(k.size() + 2)));
            return;
        }
        int spatial = in.get().size() - 2;
        if (spatial < 1) {
            c.misfit("the input of a pool must have at least 3 axes, and has "
                    + in.get().size());
            return;
        }
        List<Dim> out = new ArrayList<>(in.get().subList(0, Math.min(2, in.get().size())));
        if (!fit(c, Optional.empty(), spatial) || !padded(c)) {
            for (int o = 0; o < c.outputs(); o++) {
                c.output(o, order.fromFirst(open(out, in.get().size())));
            }
            return;
        }
        List<Dim> kernel = kernel(c, Optional.empty(), spatial);
        boolean explicit = c.attrs().stringOr("auto_pad", "NOTSET").equals("NOTSET");
        for (int i = 0; i < 2 * spatial && explicit; i++) {
            if (kernel.get(i % spatial) instanceof Dim.Fixed(long k) && at(c, "pads", i, 0) >= k) {
                c.fault("a window of " + k + " would lie in a padding of " + at(c, "pads", i, 0) + " wholly");
            }
        }
        for (int i = 0; i < spatial; i++) {
            out.add(PoolPlaces.of(c, in.get().get(i + 2), kernel.get(i), i, spatial));
        }
        for (int o = 0; o < c.outputs(); o++) {
            c.output(o, order.fromFirst(out));
        }
    }

    /// All spatial axes become 1.
    public static void global(InferContext c) {
        global(c, ChannelOrder.FIRST);
    }

    /// The same of an input in this order.
    public static void global(InferContext c, ChannelOrder order) {
        c.dims(0).map(order::toFirst).ifPresent(dims -> {
            List<Dim> out = new ArrayList<>(dims.subList(0, Math.min(2, dims.size())));
            while (out.size() < dims.size()) {
                out.add(Dim.of(1));
            }
            c.output(0, order.fromFirst(out));
        });
    }

    /// ConvTranspose: stride·(size − 1) + output_padding + (kernel − 1)·dilation + 1 − pads.
    public static void convTranspose(InferContext c) {
        convTranspose(c, Optional.of(c.attrs().ints("pads").orElse(List.of())));
    }

    /// The same with padding from elsewhere; the spatial extents are unknown without it.
    public static void convTranspose(InferContext c, Optional<List<Long>> padding) {
        Optional<List<Dim>> in = c.dims(0);
        Optional<List<Dim>> weight = c.dims(1);
        int rank = in.or(() -> weight).map(List::size).orElse(-1);
        if (rank < 0) {
            return;
        }
        if (rank < 3 || weight.filter(d -> d.size() != rank).isPresent()) {
            c.misfit("input and weight of a convolution must have the same rank of at least 3");
            return;
        }
        int spatial = rank - 2;
        Optional<List<Long>> wanted = c.attrs().ints("output_shape");
        List<Dim> out = new ArrayList<>();
        out.add(in.map(List::getFirst).orElse(Dim.unknown()));
        out.add(weight.map(w -> DimMath.mul(w.get(1), c.attrs().intOr("group", 1)))
                .orElse(Dim.unknown()));
        boolean sized = wanted.filter(all -> all.size() != spatial && all.size() != rank
                        || all.stream().anyMatch(n -> n < 0))
                .isEmpty();
        if (!sized) {
            c.misfit("the attribute 'output_shape' is " + wanted.get() + "; for " + spatial
                    + " spatial axes it needs as many sizes");
        }
        if (!sized || !fit(c, weight, spatial) || !padded(c)) {
            c.output(0, open(out, rank));
            return;
        }
        List<Dim> kernel = kernel(c, weight, spatial);
        if (kernel.contains(Dim.of(0))) {
            c.contradiction("a window of size 0 makes nothing");
        }
        String auto = c.attrs().stringOr("auto_pad", "NOTSET");
        for (int i = 0; i < spatial; i++) {
            Dim size = in.isPresent() ? in.get().get(i + 2) : Dim.unknown();
            long stride = at(c, "strides", i, 1);
            if (wanted.isPresent() && wanted.get().size() >= spatial) {
                out.add(Dim.of(wanted.get().get(wanted.get().size() - spatial + i)));
            } else if (auto.startsWith("SAME")) {
                // Padding takes away down to that; what is less already stays so.
                out.add(DimMath.min(DimMath.mul(size, stride), unpadded(c, size, kernel.get(i), i)));
            } else if (padding.isEmpty()) {
                out.add(Dim.unknown());
            } else {
                long pads = at(padding.get(), i, 0) + at(padding.get(), i + spatial, 0);
                out.add(DimMath.sub(unpadded(c, size, kernel.get(i), i), auto.equals("VALID") ? 0 : pads));
            }
        }
        c.output(0, out);
    }

    /// What ConvTranspose makes along spatial axis `i` before padding takes of it.
    private static Dim unpadded(InferContext c, Dim size, Dim kernel, int i) {
        Dim steps = DimMath.mul(DimMath.sub(size, 1), at(c, "strides", i, 1));
        return DimMath.add(DimMath.add(steps, extent(c, kernel, i)), at(c, "output_padding", i, 0));
    }

    /// From the first to the last place that a window covers along spatial axis `i`.
    static Dim extent(InferContext c, Dim kernel, int i) {
        return DimMath.add(DimMath.mul(DimMath.sub(kernel, 1), at(c, "dilations", i, 1)), 1);
    }

    /// MaxUnpool: what pooling with these windows made this size, stride·(size − 1) + kernel − pads.
    public static void unpool(InferContext c) {
        c.dims(0).filter(d -> d.size() > 2).ifPresent(dims -> {
            int spatial = dims.size() - 2;
            if (!fit(c, Optional.empty(), spatial)) {
                c.output(0, open(dims.subList(0, 2), dims.size()));
                return;
            }
            List<Dim> kernel = kernel(c, Optional.empty(), spatial);
            List<Dim> out = new ArrayList<>(dims.subList(0, 2));
            for (int i = 0; i < spatial; i++) {
                Dim whole = DimMath.mul(DimMath.sub(dims.get(i + 2), 1), at(c, "strides", i, 1));
                long pads = at(c, "pads", i, 0) + at(c, "pads", i + spatial, 0);
                out.add(DimMath.sub(DimMath.add(whole, kernel.get(i)), pads));
            }
            c.output(0, out);
        });
    }

    /// Number of positions of the windows of the weight `w` along spatial axis `i` of the input `x`; unknown where they
    /// do not fit.
    public static Dim places(InferContext c, int x, int w, int i) {
        int spatial = c.dims(x).map(List::size).orElse(2) - 2;
        Dim kernel = Sizes.of(c, w, i + 2);
        long pads = at(c, "pads", i, 0) + at(c, "pads", i + spatial, 0);
        Dim room = DimMath.sub(DimMath.add(Sizes.of(c, x, i + 2), pads), extent(c, kernel, i));
        return room instanceof Dim.Fixed(long n) && n < 0
                ? Dim.unknown()
                : DimMath.add(DimMath.floorDiv(room, at(c, "strides", i, 1)), 1);
    }

    /// Number of positions of a convolution's window along spatial axis `i` of `spatial`.
    private static Dim slide(InferContext c, Dim size, Dim kernel, int i, int spatial) {
        long stride = at(c, "strides", i, 1);
        String auto = c.attrs().stringOr("auto_pad", "NOTSET");
        if (auto.startsWith("SAME")) {
            return DimMath.ceilDiv(size, stride);
        }
        long pads = auto.equals("VALID") ? 0 : at(c, "pads", i, 0) + at(c, "pads", i + spatial, 0);
        Dim extent = extent(c, kernel, i);
        Dim room = DimMath.sub(DimMath.add(size, pads), extent);
        if (room instanceof Dim.Fixed(long n) && n < 0) {
            c.contradiction(tooLarge(extent, DimMath.add(size, pads)));
            return Dim.unknown();
        }
        return DimMath.add(DimMath.floorDiv(room, stride), 1);
    }

    static String tooLarge(Dim extent, Dim padded) {
        return "a window of " + extent + " does not fit into a padded size of " + padded;
    }

    /// Whether each attribute of a window without a weight has a number for every spatial axis; says it where not.
    public static boolean fits(InferContext c, int spatial) {
        return fit(c, Optional.empty(), spatial);
    }

    /// Whether each attribute of the window has a number for every spatial axis, pads two, and `kernel_shape` is the
    /// weight's; says it where not.
    private static boolean fit(InferContext c, Optional<List<Dim>> weight, int spatial) {
        for (String name : List.of("kernel_shape", "strides", "dilations", "pads", "output_padding")) {
            int wanted = name.equals("pads") ? 2 * spatial : spatial;
            Optional<List<Long>> given = c.attrs().ints(name);
            if (given.isPresent() && given.get().size() != wanted) {
                c.misfit("the attribute '" + name + "' has " + given.get().size() + " numbers; for " + spatial
                        + " spatial axes it needs " + wanted);
                return false;
            }
        }
        List<Long> kernel = c.attrs().ints("kernel_shape").orElse(List.of());
        for (int i = 0; i < kernel.size() && weight.isPresent(); i++) {
            if (weight.get().get(i + 2) instanceof Dim.Fixed(long n) && n != kernel.get(i)) {
                c.contradiction("the attribute 'kernel_shape' is " + kernel + ", the weight's is "
                        + weight.get().subList(2, weight.get().size()));
                return false;
            }
        }
        return true;
    }

    /// Whether no padding is below 0, which only convolutions and pools forbid; says it where not.
    private static boolean padded(InferContext c) {
        for (String name : List.of("pads", "output_padding")) {
            if (c.attrs()
                    .ints(name)
                    .filter(all -> all.stream().anyMatch(n -> n < 0))
                    .isPresent()) {
                c.fault("the attribute '" + name + "' must not be below 0");
                return false;
            }
        }
        return true;
    }

    /// The first two extents, and none known of the rest.
    private static List<Dim> open(List<Dim> firstTwo, int rank) {
        List<Dim> out = new ArrayList<>(firstTwo);
        while (out.size() < rank) {
            out.add(Dim.unknown());
        }
        return out;
    }

    private static List<Dim> kernel(InferContext c, Optional<List<Dim>> weight, int spatial) {
        Optional<List<Long>> attr = c.attrs().ints("kernel_shape");
        List<Dim> out = new ArrayList<>();
        for (int i = 0; i < spatial; i++) {
            if (attr.isPresent() && i < attr.get().size()) {
                out.add(Dim.of(attr.get().get(i)));
            } else {
                out.add(weight.isPresent() ? weight.get().get(i + 2) : Dim.unknown());
            }
        }
        return out;
    }

    /// The number at `index` of a list in an attribute.
    public static long at(InferContext c, String attr, int index, long otherwise) {
        return at(c.attrs().ints(attr).orElse(List.of()), index, otherwise);
    }

    private static long at(List<Long> all, int index, long otherwise) {
        return index < all.size() ? all.get(index) : otherwise;
    }

    /// Elements of one window as `kernel_shape` says; unknown when it does not.
    public static Dim kernelSize(CostContext c) {
        return c.attrs()
                .ints("kernel_shape")
                .map(k -> DimMath.product(k.stream().map(Dim::of).toList()))
                .orElse(Dim.unknown());
    }
}
