package dev.lathe.graph.text;

import dev.lathe.graph.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/// Single elements of a tensor as text and back, for the element types that have a plain notation.
final class Elements {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Elements() {}

    /// The element at `index`; empty for types without a notation (then the bytes are written in
    /// hexadecimal).
    static Optional<String> print(DType dtype, MemorySegment bytes, long index) {
        long at = index * Math.max(1, dtype.bits() / 8);
        return switch (dtype) {
            case FLOAT32 -> {
                float v = Float.intBitsToFloat(bytes.get(INT, at));
                yield Optional.of(Words.number(v, Float.toString(v)));
            }
            case FLOAT64 -> {
                double v = Double.longBitsToDouble(bytes.get(LONG, at));
                yield Optional.of(Words.number(v, Double.toString(v)));
            }
            case FLOAT16 -> {
                float v = Float.float16ToFloat(bytes.get(SHORT, at));
                yield Optional.of(Words.number(v, Float.toString(v)));
            }
            case BFLOAT16 -> {
                float v = Float.intBitsToFloat(bytes.get(SHORT, at) << 16);
                yield Optional.of(Words.number(v, Float.toString(v)));
            }
            case INT8 -> Optional.of(Byte.toString(bytes.get(ValueLayout.JAVA_BYTE, at)));
            case UINT8 -> Optional.of(Integer.toString(bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF));
            case BOOL -> {
                byte v = bytes.get(ValueLayout.JAVA_BYTE, at);
                yield v == 0 || v == 1 ? Optional.of(v == 1 ? "true" : "false") : Optional.empty();
            }
            case INT16 -> Optional.of(Short.toString(bytes.get(SHORT, at)));
            case UINT16 -> Optional.of(Integer.toString(bytes.get(SHORT, at) & 0xFFFF));
            case INT32 -> Optional.of(Integer.toString(bytes.get(INT, at)));
            case UINT32 -> Optional.of(Integer.toUnsignedString(bytes.get(INT, at)));
            case INT64 -> Optional.of(Long.toString(bytes.get(LONG, at)));
            case UINT64 -> Optional.of(Long.toUnsignedString(bytes.get(LONG, at)));
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

    /// Writes the element `word` at `index`.
    ///
    /// @throws NumberFormatException when it is no element of that type
    static void parse(DType dtype, String word, MemorySegment bytes, long index) {
        long at = index * Math.max(1, dtype.bits() / 8);
        switch (dtype) {
            case FLOAT32 -> bytes.set(INT, at, Float.floatToRawIntBits(Words.parseFloat(word)));
            case FLOAT64 -> bytes.set(LONG, at, Double.doubleToRawLongBits(Words.parseNumber(word)));
            case FLOAT16 -> bytes.set(SHORT, at, Float.floatToFloat16(Words.parseFloat(word)));
            case BFLOAT16 -> bytes.set(SHORT, at, bfloat(Words.parseFloat(word)));
            case INT8 -> bytes.set(ValueLayout.JAVA_BYTE, at, (byte) whole(word, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> bytes.set(ValueLayout.JAVA_BYTE, at, (byte) whole(word, 0, 0xff));
            case BOOL -> bytes.set(ValueLayout.JAVA_BYTE, at, (byte) (truth(word) ? 1 : 0));
            case INT16 -> bytes.set(SHORT, at, (short) whole(word, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> bytes.set(SHORT, at, (short) whole(word, 0, 0xffff));
            case INT32 -> bytes.set(INT, at, (int) whole(word, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> bytes.set(INT, at, (int) whole(word, 0, 0xffff_ffffL));
            case INT64 -> bytes.set(LONG, at, Long.parseLong(word));
            case UINT64 -> bytes.set(LONG, at, Long.parseUnsignedLong(word));
            default -> throw new NumberFormatException(dtype.text() + " is written as hex");
        }
    }

    private static long whole(String word, long least, long most) {
        long value = Long.parseLong(word);
        if (value < least || value > most) {
            throw new NumberFormatException(word + " is not within " + least + " to " + most);
        }
        return value;
    }

    private static boolean truth(String word) {
        if (!word.equals("true") && !word.equals("false")) {
            throw new NumberFormatException(word + " is neither true nor false");
        }
        return word.equals("true");
    }

    /// The nearest one, of two the even one; NaN keeps what its upper half says.
    private static short bfloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) (Float.isNaN(value) ? bits >>> 16 : (bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }
}
