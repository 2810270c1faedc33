package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fractional factors that steer shapes: the scales of Resize.
public final class Floats {
    private static final int LIMIT = 64;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Floats() {}

    /// The numbers of a short float tensor whose content is there.
    public static Optional<List<Double>> of(Tensor tensor) {
        boolean readable = tensor.dtype() == DType.FLOAT32 || tensor.dtype() == DType.FLOAT64;
        if (!readable
                || !tensor.data().isPresent()
                || tensor.dims().stream().anyMatch(d -> d < 0 || d > LIMIT)
                || tensor.elements() > LIMIT
                || tensor.data().byteSize() < tensor.dtype().bytesFor(tensor.elements())) {
            return Optional.empty();
        }
        MemorySegment bytes = tensor.data().bytes();
        List<Double> out = new ArrayList<>();
        for (long i = 0; i < tensor.elements(); i++) {
            out.add(tensor.dtype() == DType.FLOAT32 ? bytes.get(FLOAT, i * 4) : bytes.get(DOUBLE, i * 8));
        }
        return Optional.of(out);
    }

    /// floor(size · factor); symbolic sizes where the factor is a fraction with a denominator up to 64.
    public static Dim scaled(Dim size, double factor) {
        if (size instanceof Dim.Fixed(long n)) {
            // In single precision, as runtimes compute it: 10 · 0.7 is 7 there.
            return Dim.of((long) Math.floor((float) n * (float) factor));
        }
        for (int q = 1; q <= LIMIT; q++) {
            double p = factor * q;
            if (Math.abs(p - Math.rint(p)) < 1e-5 * q && Math.abs(p) < 1e9) {
                return DimMath.floorDiv(DimMath.mul(size, (long) Math.rint(p)), q);
            }
        }
        return Dim.unknown();
    }
}
