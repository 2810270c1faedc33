package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.List;

/// What fast Fourier transforms cost: 5·n·log₂n FLOPs for one of n points, half of that where the signal is real. It is
/// the count by which FFT programs are compared (the "mflops" of benchFFT), not that of one algorithm; sizes that are
/// no powers of two take more.
public final class Transforms {
    private static final double COMPLEX = 5;
    private static final double REAL = 2.5;

    private Transforms() {}

    /// So many transforms of so many points each. The number of points must be known, that of transforms need not.
    public static OpCost of(Dim transforms, Dim points, boolean real) {
        if (!(points instanceof Dim.Fixed(long n)) || n < 1) {
            return OpCost.UNKNOWN;
        }
        double each = (real ? REAL : COMPLEX) * n * (Math.log(n) / Math.log(2));
        return OpCost.ofFlops(DimMath.mul(transforms, Math.round(each)));
    }

    /// Transforms of the real signals in a tensor along its last `axes` together.
    public static OpCost real(ValueType signals, long axes) {
        if (!(signals.shape() instanceof Shape.Ranked(List<Dim> dims)) || axes < 1 || axes > dims.size()) {
            return OpCost.UNKNOWN;
        }
        int first = (int) (dims.size() - axes);
        return of(DimMath.product(dims.subList(0, first)), DimMath.product(dims.subList(first, dims.size())), true);
    }
}
