package dev.lathe.profile.input;

import dev.lathe.graph.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/// Writes a filling as the elements of a tensor, little-endian.
public final class Elements {
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Elements() {}

    /// A segment of `dtype` and `dims`. The same filling and random numbers give the same bytes everywhere.
    public static MemorySegment write(DType dtype, List<Long> dims, Filling filling, Random random) {
        long count = dims.stream().reduce(1L, (a, b) -> Math.multiplyExact(a, b));
        MemorySegment bytes = Arena.ofAuto().allocate(Math.max(1, dtype.bytesFor(count)), 8);
        DoubleSupplier next = numbers(filling, dims, random);
        switch (dtype) {
            case INT4, UINT4, INT2, UINT2, FLOAT4E2M1, FLOAT6E2M3, FLOAT6E3M2 -> {
                // Several to a byte or to three; every pattern of bits is a value of these types.
                byte[] any = new byte[(int) bytes.byteSize()];
                random.nextBytes(any);
                MemorySegment.copy(any, 0, bytes, ValueLayout.JAVA_BYTE, 0, any.length);
            }
            case COMPLEX64 -> fill(2 * count, i -> bytes.setAtIndex(F32, i, (float) next.getAsDouble()));
            case COMPLEX128 -> fill(2 * count, i -> bytes.setAtIndex(F64, i, next.getAsDouble()));
            default -> fill(count, i -> put(dtype, bytes, i, next.getAsDouble()));
        }
        return bytes.asSlice(0, dtype.bytesFor(count));
    }

    private interface Writer {
        void at(long index);
    }

    private static void fill(long count, Writer writer) {
        for (long i = 0; i < count; i++) {
            writer.at(i);
        }
    }

    private static void put(DType dtype, MemorySegment to, long i, double v) {
        switch (dtype) {
            case FLOAT32 -> to.setAtIndex(F32, i, (float) v);
            case FLOAT64 -> to.setAtIndex(F64, i, v);
            case FLOAT16 -> to.setAtIndex(I16, i, Float.floatToFloat16((float) v));
            case BFLOAT16 -> to.setAtIndex(I16, i, (short) (Float.floatToIntBits((float) v) >>> 16));
            case INT64, UINT64 -> to.setAtIndex(I64, i, (long) v);
            case INT32, UINT32 -> to.setAtIndex(I32, i, (int) (long) v);
            case INT16, UINT16 -> to.setAtIndex(I16, i, (short) (long) v);
            case INT8, UINT8, BOOL -> to.set(ValueLayout.JAVA_BYTE, i, (byte) (long) v);
            // Between one half and nearly two in all of the eight-bit formats' finite, positive patterns.
            default -> to.set(ValueLayout.JAVA_BYTE, i, (byte) (0x38 + (Math.abs((long) (v * 4)) & 3)));
        }
    }

    private static DoubleSupplier numbers(Filling filling, List<Long> dims, Random random) {
        long row = dims.isEmpty() ? 1 : Math.max(1, dims.getLast());
        return switch (filling) {
            case Filling.Same s -> s::value;
            case Filling.Uniform u -> () -> u.from() + random.nextLong(u.to() - u.from() + 1);
            case Filling.Listed l -> {
                int[] at = {0};
                yield () -> l.values().get(at[0]++ % l.values().size());
            }
            case Filling.UnitInterval u -> random::nextFloat;
            case Filling.Normal n -> () -> n.deviation() * random.nextGaussian();
            case Filling.Counting c -> {
                long[] at = {0};
                yield () -> at[0]++ % row % Math.max(1, c.extent());
            }
        };
    }
}
