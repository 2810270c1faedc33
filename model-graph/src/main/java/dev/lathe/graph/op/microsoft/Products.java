package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.InferContext;
import java.util.ArrayList;
import java.util.List;

/// Products of the first input with a weight whose extents something else states.
final class Products {
    private Products() {}

    /// Output 0 is input 0 with its last axis, `k` wide, made `n` wide.
    static void byRows(InferContext c, Dim k, Dim n) {
        c.dims(0).filter(d -> !d.isEmpty()).ifPresent(d -> {
            Dim unused = c.unify(d.getLast(), k);
            List<Dim> out = new ArrayList<>(d);
            out.set(d.size() - 1, n);
            c.output(0, out);
        });
    }
}
