package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.OpCost;
import java.util.List;

/// What fast Fourier transforms cost.
final class Transforms {
    /// FLOPs per point and doubling of the points, of real signals: half of the 5 of complex ones.
    private static final double REAL = 2.5;

    private Transforms() {}

    /// Transforms of the real signals in a tensor along its last `axes`; unknown where its extents are.
    static OpCost real(ValueType signals, long axes) {
        if (!(signals.shape() instanceof Shape.Ranked(List<Dim> dims))
                || axes < 1
                || axes > dims.size()
                || !(CostContext.count(signals) instanceof Dim.Fixed(long all))) {
            return OpCost.UNKNOWN;
        }
        double points = 1;
        for (Dim d : dims.subList((int) (dims.size() - axes), dims.size())) {
            points *= Math.max(1, d.fixed().orElse(1));
        }
        return OpCost.ofFlops(Dim.of((long) (REAL * all * (Math.log(points) / Math.log(2)))));
    }
}
