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

/// Numbers with a fraction that steer shapes, such as the scales of Resize: read from a tensor, rounded as its element
/// type holds them, multiplied with sizes.
public final class Floats {
    private static final int LIMIT = 64;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Floats() {}

    /// The numbers of a short float tensor whose content is there.
    public static Optional<List<Double>> of(Tensor tensor) {
        if (!isReadable(tensor.dtype())
                || !tensor.data().isPresent()
                || tensor.dims().stream().anyMatch(d -> d < 0 || d > LIMIT)
                || tensor.elements() > LIMIT
                || tensor.data().byteSize() < tensor.dtype().bytesFor(tensor.elements())) {
            return Optional.empty();
        }
        MemorySegment bytes = tensor.data().bytes();
        List<Double> out = new ArrayList<>();
        for (long i = 0; i < tensor.elements(); i++) {
            out.add(
                    switch (tensor.dtype()) {
                        case FLOAT64 -> bytes.get(DOUBLE, i * 8);
                        case FLOAT16 -> (double) Float.float16ToFloat(bytes.get(SHORT, i * 2));
                        case BFLOAT16 -> (double) Float.intBitsToFloat(bytes.get(SHORT, i * 2) << 16);
                        default -> (double) bytes.get(FLOAT, i * 4);
                    });
        }
        return Optional.of(out);
    }

    /// Whether numbers of this type are followed.
    public static boolean isReadable(DType dtype) {
        return dtype == DType.FLOAT32 || dtype == DType.FLOAT64 || dtype == DType.FLOAT16 || dtype == DType.BFLOAT16;
    }

    /// The number as a tensor of this type holds it: the nearest one, of two the one whose last digit is even.
    /// NaN where that is not certain: beyond the type's largest number, which saturates or not as an attribute
    /// says, and of float16, which ONNX Runtime computes in float32 without the casts in between: it rounds in
    /// some graphs, and in others not.
    public static double rounded(double value, Optional<DType> dtype) {
        return switch (dtype.orElse(DType.FLOAT32)) {
            case FLOAT64 -> value;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) value)) == value ? value : Double.NaN;
            case BFLOAT16 -> bfloat((float) value);
            case FLOAT8E4M3FN -> nearest(value, 4, -6, 448);
            case FLOAT8E4M3FNUZ -> nearest(value, 4, -7, 240);
            case FLOAT8E5M2 -> nearest(value, 3, -14, 57344);
            case FLOAT8E5M2FNUZ -> nearest(value, 3, -15, 57344);
            case FLOAT6E2M3 -> nearest(value, 4, 0, 7.5);
            case FLOAT6E3M2 -> nearest(value, 3, -2, 28);
            case FLOAT4E2M1 -> nearest(value, 2, 0, 6);
            // Powers of two alone, which an attribute says how to round to.
            case FLOAT8E8M0 -> value > 0 && value == nearest(value, 1, -127, 0x1p127) ? value : Double.NaN;
            default -> (float) value;
        };
    }

    /// This amount as an element of a tensor of this float type; unknown where that is not certain, and for formulas
    /// in a type narrower than 32 bits, of which nobody knows whether they would be rounded.
    public static Dim stored(Dim d, DType dtype) {
        if (!(d instanceof Dim.Fixed(long n))) {
            return dtype.bits() < 32 ? Dim.unknown() : d;
        }
        double held = dtype == DType.FLOAT64 ? (double) n : rounded((float) n, Optional.of(dtype));
        return Math.abs(held) < 0x1p63 ? Dim.of((long) held) : Dim.unknown();
    }

    /// Of the numbers with so many binary digits and at least this exponent the nearest one, ties to even.
    private static double nearest(double value, int digits, int leastExponent, double largest) {
        double unit = Math.scalb(1.0, Math.max(Math.getExponent(value), leastExponent) - (digits - 1));
        double held = Math.rint(value / unit) * unit;
        return Math.abs(held) <= largest ? held : Double.NaN;
    }

    /// The upper half of the bits, rounded to the nearest, ties to even.
    private static double bfloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000);
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
