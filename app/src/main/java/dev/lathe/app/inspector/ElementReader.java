package dev.lathe.app.inspector;

import dev.lathe.graph.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/// Reads one element of a tensor in ONNX raw layout (little-endian) as a number.
@FunctionalInterface
interface ElementReader {
    double at(MemorySegment bytes, long index);

    /// Empty for types that are not plain numbers.
    static Optional<ElementReader> of(DType dtype) {
        return Optional.ofNullable(
                switch (dtype) {
                    case FLOAT32 -> (b, i) -> b.get(Layouts.FLOAT, i * 4);
                    case FLOAT64 -> (b, i) -> b.get(Layouts.DOUBLE, i * 8);
                    case FLOAT16 -> (b, i) -> Float.float16ToFloat(b.get(Layouts.SHORT, i * 2));
                    case BFLOAT16 -> (b, i) -> Float.intBitsToFloat(b.get(Layouts.SHORT, i * 2) << 16);
                    case INT8 -> (b, i) -> b.get(ValueLayout.JAVA_BYTE, i);
                    case UINT8, BOOL -> (b, i) -> b.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
                    case INT16 -> (b, i) -> b.get(Layouts.SHORT, i * 2);
                    case UINT16 -> (b, i) -> b.get(Layouts.SHORT, i * 2) & 0xFFFF;
                    case INT32 -> (b, i) -> b.get(Layouts.INT, i * 4);
                    case UINT32 -> (b, i) -> b.get(Layouts.INT, i * 4) & 0xFFFFFFFFL;
                    case INT64, UINT64 -> (b, i) -> b.get(Layouts.LONG, i * 8);
                    case UINT4 -> (b, i) -> nibble(b, i);
                    case INT4 -> (b, i) -> (nibble(b, i) ^ 8) - 8;
                    case STRING,
                            COMPLEX64,
                            COMPLEX128,
                            FLOAT8E4M3FN,
                            FLOAT8E4M3FNUZ,
                            FLOAT8E5M2,
                            FLOAT8E5M2FNUZ,
                            FLOAT8E8M0,
                            FLOAT4E2M1,
                            FLOAT6E2M3,
                            FLOAT6E3M2,
                            UINT2,
                            INT2 -> null;
                });
    }

    private static int nibble(MemorySegment bytes, long index) {
        int both = bytes.get(ValueLayout.JAVA_BYTE, index / 2);
        return index % 2 == 0 ? both & 15 : both >> 4 & 15;
    }

    /// Layouts that do not mind where in the file a tensor lies.
    final class Layouts {
        static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

        private Layouts() {}
    }
}
