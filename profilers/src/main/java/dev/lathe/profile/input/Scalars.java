package dev.lathe.profile.input;

import dev.lathe.graph.DType;
import dev.lathe.graph.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.OptionalDouble;

/// Reads constants of one element.
final class Scalars {
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Scalars() {}

    /// The number, where the tensor has exactly one element of a type that a graph counts with.
    static OptionalDouble of(Tensor t) {
        if (t.elements() != 1 || !t.data().isPresent()) {
            return OptionalDouble.empty();
        }
        MemorySegment b = t.data().bytes();
        if (t.dtype() == DType.STRING || b.byteSize() < t.dtype().bytesFor(1)) {
            return OptionalDouble.empty();
        }
        return switch (t.dtype()) {
            case INT64 -> OptionalDouble.of(b.get(I64, 0));
            case INT32 -> OptionalDouble.of(b.get(I32, 0));
            case FLOAT32 -> OptionalDouble.of(b.get(F32, 0));
            case FLOAT64 -> OptionalDouble.of(b.get(F64, 0));
            case INT8 -> OptionalDouble.of(b.get(ValueLayout.JAVA_BYTE, 0));
            case UINT8 -> OptionalDouble.of(Byte.toUnsignedInt(b.get(ValueLayout.JAVA_BYTE, 0)));
            default -> OptionalDouble.empty();
        };
    }
}
