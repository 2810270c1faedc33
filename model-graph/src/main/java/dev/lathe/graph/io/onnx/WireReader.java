package dev.lathe.graph.io.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A cursor over one protobuf message in a file: field by field, nothing read that is not asked for.
///
/// A message may claim to end beyond the file: then the walk goes on as far as there are bytes, so that the
/// fault names the innermost part that is cut off.
final class WireReader {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    /// protobuf forbids messages of 2 GiB and more.
    private static final long LONGEST_MESSAGE = Integer.MAX_VALUE;

    private final MemorySegment file;
    private final long available;
    private final long end;
    private final boolean outermost;
    private long pos;
    private long fieldStart;
    private int field;
    private int type;
    private @Nullable Wire message;

    /// Bytes `offset` … `offset + length` of a file.
    record Span(long offset, long length) {}

    private WireReader(MemorySegment file, long pos, long end, boolean outermost) {
        this.file = file;
        this.available = file.byteSize();
        this.pos = pos;
        this.end = end;
        this.outermost = outermost;
    }

    /// The whole file as one message.
    static WireReader of(MemorySegment file) {
        return new WireReader(file, 0, file.byteSize(), true);
    }

    /// A part of the same file as one message.
    WireReader at(Span span) {
        return new WireReader(file, span.offset(), span.offset() + span.length(), false);
    }

    /// Moves to the next field; false at the end of the message.
    boolean next() throws WireFault {
        if (pos >= end) {
            return false;
        }
        fieldStart = pos;
        long tag = rawVarint();
        type = (int) (tag & 7);
        long number = tag >>> 3;
        if (number == 0 || number > 0x1FFF_FFFFL) {
            throw WireFault.malformed(fieldStart, "there is no valid field here");
        }
        if (type == Proto.END_GROUP) {
            throw WireFault.malformed(fieldStart, "a group ends that never began, field " + number);
        }
        if (type > Proto.FIXED32) {
            throw WireFault.malformed(fieldStart, "field " + number + " has the unknown wire type " + type);
        }
        field = (int) number;
        return true;
    }

    /// The number of the present field; another one where its wire type is none that the field has ([Misplaced]).
    int field() {
        return message == null || message.allows(field, type) ? field : Misplaced.NUMBER;
    }

    /// Whether this is a message of a file, whose fields are known, and none of kept fields.
    boolean isOfAFile() {
        return message != null;
    }

    /// Reads the fields as those of this message.
    WireReader as(Wire fields) {
        message = fields;
        return this;
    }

    /// The wire type of the present field.
    int type() {
        return type;
    }

    /// Offset of the next byte in the file.
    long position() {
        return pos;
    }

    /// Where this message claims to end, perhaps beyond the file.
    long claimedEnd() {
        return end;
    }

    boolean isVarint() {
        return type == Proto.VARINT;
    }

    boolean isBytes() {
        return type == Proto.BYTES;
    }

    /// The present field's number, or the next one inside a packed field.
    long varint() throws WireFault {
        expect(Proto.VARINT);
        return rawVarint();
    }

    private void expect(int wanted) throws WireFault {
        if (field != 0 && type != wanted) {
            throw WireFault.malformed(fieldStart, "field " + field + " has the wrong wire type " + type);
        }
    }

    private long rawVarint() throws WireFault {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (pos >= end) {
                throw WireFault.malformed(pos, "a number runs over the end of the part that holds it");
            }
            need(1);
            byte b = file.get(ValueLayout.JAVA_BYTE, pos++);
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw WireFault.malformed(pos, "a number is longer than 10 bytes");
    }

    /// A 4-byte little-endian word.
    int fixed32() throws WireFault {
        expect(Proto.FIXED32);
        inParent(4);
        need(4);
        pos += 4;
        return file.get(INT, pos - 4);
    }

    /// An 8-byte little-endian word.
    long fixed64() throws WireFault {
        expect(Proto.FIXED64);
        inParent(8);
        need(8);
        pos += 8;
        return file.get(LONG, pos - 8);
    }

    private void inParent(long bytes) throws WireFault {
        if (bytes < 0 || bytes > end - pos) {
            throw WireFault.malformed(fieldStart, "field " + field + " runs over the end of the part that holds it");
        }
    }

    private void need(long bytes) throws WireFault {
        if (bytes > available - pos) {
            throw WireFault.truncated(available);
        }
    }

    private long length() throws WireFault {
        expect(Proto.BYTES);
        long length = rawVarint();
        // Only the outermost message has no stated length: there, too long means that the file is cut off.
        if (length < 0 || length > LONGEST_MESSAGE && length > available - pos || !outermost && length > end - pos) {
            throw WireFault.malformed(
                    fieldStart,
                    "field " + field + " says that it is " + Long.toUnsignedString(length)
                            + " bytes long, more than the part that holds it");
        }
        return length;
    }

    /// The nested message of the present field; this cursor moves behind it.
    WireReader message() throws WireFault {
        long length = length();
        WireReader inner = new WireReader(file, pos, pos + length, false);
        pos += length;
        return inner;
    }

    /// Where the bytes of the present field lie; this cursor moves behind them.
    Span span() throws WireFault {
        long length = length();
        need(length);
        Span span = new Span(pos, length);
        pos += length;
        return span;
    }

    /// What is left of this message.
    Span rest() throws WireFault {
        need(end - pos);
        return new Span(pos, end - pos);
    }

    byte[] bytes() throws WireFault {
        Span s = span();
        return copy(s);
    }

    String string() throws WireFault {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// A view of the file, without a copy.
    MemorySegment view(Span span) {
        return file.asSlice(span.offset(), span.length());
    }

    byte[] copy(Span span) {
        byte[] copy = new byte[Math.toIntExact(span.length())];
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, span.offset(), copy, 0, copy.length);
        return copy;
    }

    /// Moves behind the value of the present field.
    void skip() throws WireFault {
        switch (type) {
            case Proto.VARINT -> varint();
            case Proto.FIXED64 -> fixed64();
            case Proto.FIXED32 -> fixed32();
            case Proto.START_GROUP -> skipGroup();
            default -> span();
        }
    }

    /// Fields of a group, groups in it too, up to its end.
    private void skipGroup() throws WireFault {
        long start = fieldStart;
        int groups = 1;
        while (groups > 0) {
            if (pos >= end) {
                throw WireFault.malformed(start, "field " + field + " is a group without an end");
            }
            int inner = (int) (rawVarint() & 7);
            switch (inner) {
                case Proto.START_GROUP -> groups++;
                case Proto.END_GROUP -> groups--;
                default -> {
                    type = inner;
                    skip();
                }
            }
        }
        type = Proto.START_GROUP;
    }

    /// The present field whole, tag included; this cursor moves behind it.
    Span skipWhole() throws WireFault {
        skip();
        return new Span(fieldStart, pos - fieldStart);
    }
}
