package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A tensor of few whole numbers, each perhaps symbolic: the arithmetic of shapes computed by the graph.
/// Elements are row-major.
public record SmallTensor(List<Long> dims, List<Dim> elements) {
    /// Larger tensors are not shapes, so nobody follows their elements.
    public static final int LIMIT = 1024;

    public SmallTensor {
        dims = List.copyOf(dims);
        elements = List.copyOf(elements);
    }

    /// The elements with the shape of their type, when both are known and fit each other.
    public static Optional<SmallTensor> of(Known known) {
        return known.elements()
                .flatMap(all -> fixed(known.type()).flatMap(dims -> {
                    long n = count(dims);
                    return n == all.size() ? Optional.of(new SmallTensor(dims, all)) : Optional.empty();
                }));
    }

    /// The extents of a type when all are fixed and few elements lie in them.
    public static Optional<List<Long>> fixed(ValueType type) {
        if (!(type.shape() instanceof Shape.Ranked(List<Dim> dims))) {
            return Optional.empty();
        }
        List<Long> sizes = new ArrayList<>(dims.size());
        for (Dim d : dims) {
            if (!(d instanceof Dim.Fixed(long size)) || size < 0 || size > LIMIT) {
                return Optional.empty();
            }
            sizes.add(size);
        }
        return count(sizes) <= LIMIT ? Optional.of(sizes) : Optional.empty();
    }

    public static long count(List<Long> dims) {
        long n = 1;
        for (long d : dims) {
            n = Math.min(n * d, Integer.MAX_VALUE);
        }
        return n;
    }

    /// Elements to step over when the index along each axis grows by one.
    public long[] strides() {
        long[] strides = new long[dims.size()];
        long step = 1;
        for (int i = dims.size() - 1; i >= 0; i--) {
            strides[i] = step;
            step *= dims.get(i);
        }
        return strides;
    }

    /// The view of extents `shape` whose element at (i, j, …) is this one's at `offset + i·strides[0] + …`:
    /// transposes, slices and broadcasts.
    public SmallTensor view(List<Long> shape, long offset, long[] strides) {
        int n = (int) count(shape);
        List<Dim> picked = new ArrayList<>(n);
        long[] index = new long[shape.size()];
        for (int i = 0; i < n; i++) {
            long at = offset;
            for (int k = 0; k < index.length; k++) {
                at += index[k] * strides[k];
            }
            picked.add(elements.get((int) at));
            for (int k = index.length - 1; k >= 0 && ++index[k] == shape.get(k); k--) {
                index[k] = 0;
            }
        }
        return new SmallTensor(shape, picked);
    }

    /// Repeated along axes of extent 1 (and new leading axes) to fill `shape`; empty where it cannot, or where nobody
    /// would follow so many and so long formulas.
    public Optional<SmallTensor> broadcast(List<Long> shape) {
        int lead = shape.size() - dims.size();
        if (lead < 0 || count(shape) > LIMIT) {
            return Optional.empty();
        }
        long[] mine = strides();
        long[] strides = new long[shape.size()];
        for (int i = 0; i < dims.size(); i++) {
            if (dims.get(i) != 1 && !dims.get(i).equals(shape.get(lead + i))) {
                return Optional.empty();
            }
            strides[lead + i] = dims.get(i) == 1 ? 0 : mine[i];
        }
        SmallTensor whole = view(shape, 0, strides);
        return DimTerms.isContent(whole.elements) ? Optional.of(whole) : Optional.empty();
    }

    /// The parts `indices` along `axis`, in their order; empty where an index is not known or lies outside, or where
    /// these would be more elements than anybody follows.
    public Optional<SmallTensor> take(int axis, SmallTensor indices) {
        long extent = dims.get(axis);
        long inner = strides()[axis];
        long outer = elements.isEmpty() ? 0 : elements.size() / (extent * inner);
        long picks = outer * indices.elements.size() * inner;
        if (picks > LIMIT) {
            return Optional.empty();
        }
        List<Dim> picked = new ArrayList<>((int) picks);
        for (long o = 0; o < outer; o++) {
            for (Dim d : indices.elements) {
                if (!(d instanceof Dim.Fixed(long given)) || given < -extent || given >= extent) {
                    return Optional.empty();
                }
                long i = given < 0 ? given + extent : given;
                long from = (o * extent + i) * inner;
                picked.addAll(elements.subList((int) from, (int) (from + inner)));
            }
        }
        List<Long> shape = new ArrayList<>(dims.subList(0, axis));
        shape.addAll(indices.dims);
        shape.addAll(dims.subList(axis + 1, dims.size()));
        return Optional.of(new SmallTensor(shape, picked));
    }
}
