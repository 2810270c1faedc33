package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Outputs 1 and 2 of a normalization over the last axis: mean and inverse deviation, one of each row, in float32.
final class NormStatistics {
    private NormStatistics() {}

    static void outputs(InferContext c) {
        c.dims(0).filter(d -> !d.isEmpty()).ifPresent(dims -> {
            List<Dim> rows = new ArrayList<>(dims);
            rows.set(dims.size() - 1, Dim.of(1));
            ValueType each = new ValueType.TensorType(Optional.of(DType.FLOAT32), Shape.of(rows));
            c.output(1, each);
            c.output(2, each);
        });
    }

    /// Input and skip, 1, have two or three axes; the batch of a skip may be left out, and is not looked at. These
    /// vectors are as wide as both.
    static void skips(InferContext c, int... vectors) {
        Sizes sizes =
                Sizes.atRun(c).ranks(1, 2, 3).ranks(0, 2, 3).same(1, -1, 0, -1).same(1, -2, 0, -2);
        if (c.dims(0).filter(d -> d.size() == 2).isPresent()) {
            sizes.same(1, 0);
        }
        for (int v : vectors) {
            sizes.shape(v, Sizes.of(c, 0, -1));
        }
    }
}
