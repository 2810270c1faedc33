package dev.lathe.graph;

import dev.lathe.graph.data.Weights;
import java.util.List;

/// A constant tensor: an initializer or the value of a Constant node. `dims` are its extents (empty list for
/// a scalar). `extra` holds unmodelled fields of the source (doc string, segment, external-data keys that we
/// do not interpret).
public record Tensor(DType dtype, List<Long> dims, Weights data, Extra extra) {
    public Tensor {
        dims = List.copyOf(dims);
    }

    public static Tensor of(DType dtype, List<Long> dims, Weights data) {
        return new Tensor(dtype, dims, data, Extra.NONE);
    }

    public long elements() {
        long n = 1;
        for (long d : dims) {
            n = Math.multiplyExact(n, d);
        }
        return n;
    }

    public Shape shape() {
        return Shape.of(dims.stream().map(Dim::of).toList());
    }

    public ValueType type() {
        return ValueType.tensor(dtype, shape());
    }
}
