package dev.lathe.graph.io.onnx;

import dev.lathe.graph.DType;
import dev.lathe.graph.data.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A tensor's numbers in one of TensorProto's typed fields (float_data, int32_data …) instead of raw bytes.
/// Packed floats are raw bytes by another name; everything else is decoded into memory outside the heap.
final class TypedData {
    private static final long CANCEL_EVERY = 1 << 20;
    private static final int SIX = 6;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Set<Integer> fields = new HashSet<>(1);
    private long offset = -1;
    private int occurrences;
    private int lastField;
    private WireReader.Span lastPacked = new WireReader.Span(0, 0);

    /// Remembers the present field and moves behind it.
    void note(WireReader r) throws WireFault {
        if (r.isBytes()) {
            WireReader.Span span = r.span();
            if (span.length() == 0) {
                return;
            }
            lastPacked = span;
        } else {
            lastPacked = new WireReader.Span(0, 0);
            r.skip();
        }
        lastField = r.field();
        fields.add(lastField);
        occurrences++;
        if (offset < 0) {
            offset = r.position();
        }
    }

    /// How many values `elements` of a type are stored in.
    static long valuesOf(DType dtype, long elements) {
        return dtype.bits() == SIX ? elements : Math.ceilDiv(dtype.bytesFor(elements), bytesPerValue(dtype));
    }

    boolean isPresent() {
        return occurrences > 0;
    }

    long offset() {
        return offset;
    }

    /// The field in which ONNX stores `dtype`.
    static int fieldOf(DType dtype) {
        return switch (dtype) {
            case FLOAT32, COMPLEX64 -> Proto.TensorField.FLOAT_DATA;
            case FLOAT64, COMPLEX128 -> Proto.TensorField.DOUBLE_DATA;
            case INT64 -> Proto.TensorField.INT64_DATA;
            case UINT32, UINT64 -> Proto.TensorField.UINT64_DATA;
            case STRING -> Proto.TensorField.STRING_DATA;
            case UINT8,
                    INT8,
                    UINT16,
                    INT16,
                    INT32,
                    BOOL,
                    FLOAT16,
                    BFLOAT16,
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
                    INT2 -> Proto.TensorField.INT32_DATA;
        };
    }

    /// Bytes that one stored value stands for: 4-bit types are stored two in a value, complex ones in two
    /// values, 6-bit types one in a value, which are packed afterwards.
    private static int bytesPerValue(DType dtype) {
        return switch (dtype) {
            case COMPLEX64 -> 4;
            case COMPLEX128 -> 8;
            default -> Math.max(1, dtype.bits() / 8);
        };
    }

    /// The tensor's bytes; empty when the file has another number of values than the shape needs.
    Optional<Weights> decode(Reading reading, WireReader tensor, DType dtype, long elements, long needed)
            throws WireFault {
        int field = fieldOf(dtype);
        int width = bytesPerValue(dtype);
        boolean isFloat = field == Proto.TensorField.FLOAT_DATA || field == Proto.TensorField.DOUBLE_DATA;
        if (isFloat && occurrences == 1 && lastField == field && lastPacked.length() > 0) {
            return lastPacked.length() == needed ? Optional.of(reading.content(tensor, lastPacked)) : Optional.empty();
        }
        boolean single = dtype.bits() == SIX;
        long room = single ? elements : needed;
        if (count(new CountingTarget(tensor, field)) != room / width || room % width != 0) {
            return Optional.empty();
        }
        MemorySegment target = Arena.ofAuto().allocate(Math.max(1, room), 8);
        long at = 0;
        while (tensor.next()) {
            if (tensor.field() != field) {
                tensor.skip();
            } else if (tensor.isBytes()) {
                WireReader packed = tensor.message();
                while (packed.position() < packed.claimedEnd()) {
                    store(target, at, width, value(packed, field));
                    at += width;
                    if (at % CANCEL_EVERY == 0) {
                        reading.context().checkCancelled();
                    }
                }
            } else {
                store(target, at, width, value(tensor, field));
                at += width;
            }
        }
        return Optional.of(new Weights.Heap(single ? packed(target, elements) : target.asSlice(0, needed)));
    }

    /// As raw data holds them: one after the other from the low bits on, four in three bytes.
    private static MemorySegment packed(MemorySegment each, long elements) {
        MemorySegment bytes = Arena.ofAuto().allocate(Math.max(1, Math.ceilDiv(elements * SIX, Byte.SIZE)));
        for (long i = 0; i < elements; i++) {
            int value = (each.get(ValueLayout.JAVA_BYTE, i) & 0x3F) << i * SIX % Byte.SIZE;
            or(bytes, i * SIX / Byte.SIZE, value);
            if (value > 0xFF) {
                or(bytes, i * SIX / Byte.SIZE + 1, value >> Byte.SIZE);
            }
        }
        return bytes.asSlice(0, Math.ceilDiv(elements * SIX, Byte.SIZE));
    }

    private static void or(MemorySegment bytes, long at, int bits) {
        bytes.set(ValueLayout.JAVA_BYTE, at, (byte) (bytes.get(ValueLayout.JAVA_BYTE, at) | bits));
    }

    /// The fields in which there are numbers.
    Set<Integer> fields() {
        return fields;
    }

    private record CountingTarget(WireReader tensor, int field) {}

    /// How many values of `dtype`'s field there are.
    static long count(WireReader tensor, DType dtype) throws WireFault {
        return count(new CountingTarget(tensor, fieldOf(dtype)));
    }

    private static long count(CountingTarget of) throws WireFault {
        WireReader r = of.tensor
                .at(new WireReader.Span(of.tensor.position(), of.tensor.claimedEnd() - of.tensor.position()))
                .as(Wire.TENSOR);
        long count = 0;
        while (r.next()) {
            if (r.field() != of.field) {
                r.skip();
            } else if (r.isBytes()) {
                WireReader packed = r.message();
                while (packed.position() < packed.claimedEnd()) {
                    value(packed, of.field);
                    count++;
                }
            } else {
                value(r, of.field);
                count++;
            }
        }
        return count;
    }

    private static long value(WireReader r, int field) throws WireFault {
        return switch (field) {
            case Proto.TensorField.FLOAT_DATA -> r.fixed32();
            case Proto.TensorField.DOUBLE_DATA -> r.fixed64();
            default -> r.varint();
        };
    }

    private static void store(MemorySegment target, long at, int width, long value) {
        switch (width) {
            case 1 -> target.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            case 2 -> target.set(SHORT, at, (short) value);
            case 4 -> target.set(INT, at, (int) value);
            default -> target.set(LONG, at, value);
        }
    }
}
