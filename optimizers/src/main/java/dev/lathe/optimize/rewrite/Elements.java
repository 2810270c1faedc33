package dev.lathe.optimize.rewrite;

import dev.lathe.graph.DType;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/// Elements of tensors in ONNX raw layout: little-endian, at any alignment.
public final class Elements {
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    public static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    public static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    public static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private Elements() {}

    /// Fresh memory: on the heap, or outside it where an array is too small to hold it.
    public static MemorySegment room(long bytes) {
        return bytes <= Integer.MAX_VALUE - 16L
                ? MemorySegment.ofArray(new byte[(int) bytes])
                : Arena.ofAuto().allocate(bytes);
    }

    public static Tensor int64(List<Long> dims, long[] values) {
        MemorySegment bytes = room(8L * values.length);
        MemorySegment.copy(values, 0, bytes, LONG, 0, values.length);
        return Tensor.of(DType.INT64, dims, new Weights.Heap(bytes));
    }

    public static Tensor float32(List<Long> dims, float[] values) {
        MemorySegment bytes = room(4L * values.length);
        MemorySegment.copy(values, 0, bytes, FLOAT, 0, values.length);
        return Tensor.of(DType.FLOAT32, dims, new Weights.Heap(bytes));
    }

    /// Element `index` of a numeric tensor as a double (64-bit integers beyond 2⁵³ lose their low bits); empty
    /// for strings, complex numbers and types below 8 bits or with 8-bit floats.
    public static Optional<Double> at(DType dtype, MemorySegment bytes, long index) {
        return switch (dtype) {
            case FLOAT32 -> Optional.of((double) bytes.get(FLOAT, index * 4));
            case FLOAT64 -> Optional.of(bytes.get(DOUBLE, index * 8));
            case FLOAT16 -> Optional.of((double) Float.float16ToFloat(bytes.get(SHORT, index * 2)));
            case BFLOAT16 -> Optional.of((double) Float.intBitsToFloat(bytes.get(SHORT, index * 2) << 16));
            case INT64 -> Optional.of((double) bytes.get(LONG, index * 8));
            case UINT64 -> Optional.of(unsigned(bytes.get(LONG, index * 8)));
            case INT32 -> Optional.of((double) bytes.get(INT, index * 4));
            case UINT32 -> Optional.of((double) Integer.toUnsignedLong(bytes.get(INT, index * 4)));
            case INT16 -> Optional.of((double) bytes.get(SHORT, index * 2));
            case UINT16 -> Optional.of((double) Short.toUnsignedInt(bytes.get(SHORT, index * 2)));
            case INT8 -> Optional.of((double) bytes.get(BYTE, index));
            case UINT8, BOOL -> Optional.of((double) Byte.toUnsignedInt(bytes.get(BYTE, index)));
            case STRING,
                    COMPLEX64,
                    COMPLEX128,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    UINT4,
                    INT4,
                    FLOAT4E2M1,
                    FLOAT6E2M3,
                    FLOAT6E3M2,
                    FLOAT8E8M0,
                    UINT2,
                    INT2 -> Optional.empty();
        };
    }

    /// |a − b| of element `index` of two tensors of one type; 64-bit integers are subtracted as integers, since as
    /// doubles those beyond 2⁵³ that differ can be equal. NaN where a value is not finite and the other differs;
    /// empty for the types that [#at] does not read.
    public static Optional<Double> distance(DType dtype, MemorySegment a, MemorySegment b, long index) {
        return switch (dtype) {
            case INT64 -> {
                long x = a.get(LONG, index * 8);
                long y = b.get(LONG, index * 8);
                // The difference of two longs fits into 64 bits without a sign.
                yield Optional.of(unsigned(Math.max(x, y) - Math.min(x, y)));
            }
            case UINT64 -> {
                long x = a.get(LONG, index * 8);
                long y = b.get(LONG, index * 8);
                yield Optional.of(unsigned(Long.compareUnsigned(x, y) > 0 ? x - y : y - x));
            }
            default ->
                at(dtype, a, index)
                        .flatMap(x -> at(dtype, b, index).map(y -> Double.compare(x, y) == 0 ? 0.0 : Math.abs(x - y)));
        };
    }

    /// How many of the first `count` elements are NaN or infinite; 0 for types that [#at] does not read.
    public static long nonFinite(DType dtype, MemorySegment bytes, long count) {
        if (at(dtype, ZEROS, 0).isEmpty()) {
            return 0;
        }
        long found = 0;
        for (long i = 0; i < count; i++) {
            found += Double.isFinite(at(dtype, bytes, i).orElseThrow()) ? 0 : 1;
        }
        return found;
    }

    private static double unsigned(long v) {
        return v >= 0 ? v : (v >>> 1) * 2.0 + (v & 1);
    }

    /// Whether the tensor has elements and each equals `value`.
    public static boolean all(Tensor tensor, double value) {
        long n = tensor.elements();
        if (n == 0 || !tensor.data().isPresent() || at(tensor.dtype(), ZEROS, 0).isEmpty()) {
            return false;
        }
        MemorySegment bytes = tensor.data().bytes();
        for (long i = 0; i < n; i++) {
            double v = at(tensor.dtype(), bytes, i).orElseThrow();
            if (v != value) {
                return false;
            }
        }
        return true;
    }

    private static final MemorySegment ZEROS =
            MemorySegment.ofArray(new byte[16]).asReadOnly();

    /// The elements of an int64 or int32 tensor; empty for other types or when the content is missing.
    public static Optional<long[]> longs(Tensor tensor) {
        if ((tensor.dtype() != DType.INT64 && tensor.dtype() != DType.INT32)
                || !tensor.data().isPresent()) {
            return Optional.empty();
        }
        MemorySegment bytes = tensor.data().bytes();
        long[] all = new long[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < all.length; i++) {
            all[i] = tensor.dtype() == DType.INT64 ? bytes.get(LONG, i * 8L) : bytes.get(INT, i * 4L);
        }
        return Optional.of(all);
    }

    /// float32 rounded to nearest float16.
    public static MemorySegment halves(MemorySegment floats) {
        long count = floats.byteSize() / 4;
        MemorySegment halves = room(count * 2);
        for (long i = 0; i < count; i++) {
            halves.set(SHORT, i * 2, Float.floatToFloat16(floats.get(FLOAT, i * 4)));
        }
        return halves;
    }
}
