package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import dev.lathe.graph.data.Weights;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A protobuf message under construction: small fields as bytes, large weights only by reference, so that its
/// length is known (protobuf writes lengths first) before one byte of a weight is read.
final class WireWriter {
    /// Up to here a copy costs less than a write of its own.
    private static final long INLINE = 4096;

    private final List<Piece> pieces = new ArrayList<>(1);
    private byte[] buffer = new byte[64];
    private int filled;
    private long size;

    /// A run of the message's bytes.
    sealed interface Piece {
        record Structure(byte[] bytes) implements Piece {}

        record Bulk(Weights weights) implements Piece {}
    }

    long size() {
        return size;
    }

    /// The message's bytes in order.
    List<Piece> pieces() {
        flush();
        return pieces;
    }

    private void flush() {
        if (filled > 0) {
            pieces.add(new Piece.Structure(Arrays.copyOf(buffer, filled)));
            filled = 0;
        }
    }

    private void put(int b) {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        buffer[filled++] = (byte) b;
        size++;
    }

    private void put(byte[] bytes) {
        if (bytes.length > buffer.length - filled) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, filled + bytes.length));
        }
        System.arraycopy(bytes, 0, buffer, filled, bytes.length);
        filled += bytes.length;
        size += bytes.length;
    }

    private void rawVarint(long value) {
        long v = value;
        while ((v & ~0x7FL) != 0) {
            put((int) (v & 0x7F | 0x80));
            v >>>= 7;
        }
        put((int) v);
    }

    private void tag(int field, int type) {
        rawVarint((long) field << 3 | type);
    }

    WireWriter varint(int field, long value) {
        tag(field, Proto.VARINT);
        rawVarint(value);
        return this;
    }

    WireWriter float32(int field, float value) {
        tag(field, Proto.FIXED32);
        int bits = Float.floatToRawIntBits(value);
        for (int i = 0; i < 4; i++) {
            put(bits >>> 8 * i);
        }
        return this;
    }

    WireWriter string(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    /// As [#string], but nothing for an empty text.
    WireWriter text(int field, String text) {
        return text.isEmpty() ? this : string(field, text);
    }

    WireWriter bytes(int field, byte[] content) {
        tag(field, Proto.BYTES);
        rawVarint(content.length);
        put(content);
        return this;
    }

    WireWriter message(int field, WireWriter inner) {
        tag(field, Proto.BYTES);
        rawVarint(inner.size);
        for (Piece p : inner.pieces()) {
            switch (p) {
                case Piece.Structure(byte[] content) -> put(content);
                case Piece.Bulk b -> bulk(b);
            }
        }
        return this;
    }

    WireWriter weights(int field, Weights weights) {
        tag(field, Proto.BYTES);
        rawVarint(weights.byteSize());
        if (weights.byteSize() <= INLINE) {
            MemorySegment content = weights.bytes();
            put(content.asSlice(0, weights.byteSize()).toArray(ValueLayout.JAVA_BYTE));
        } else {
            bulk(new Piece.Bulk(weights));
        }
        return this;
    }

    private void bulk(Piece.Bulk bulk) {
        flush();
        pieces.add(bulk);
        size += bulk.weights.byteSize();
    }

    /// Whole fields as they were in the source.
    WireWriter extra(Extra extra) {
        if (!extra.isEmpty()) {
            try {
                put(Misplaced.asInTheFile(extra));
            } catch (WireFault f) {
                throw KeptNames.unreadable(f);
            }
        }
        return this;
    }

    WireWriter whole(byte[] fields) {
        put(fields);
        return this;
    }

    /// The whole message, for small ones.
    byte[] toByteArray() {
        ByteArrayOutputStream all = new ByteArrayOutputStream(Math.toIntExact(size));
        for (Piece p : pieces()) {
            switch (p) {
                case Piece.Structure(byte[] content) -> all.writeBytes(content);
                case Piece.Bulk(Weights w) -> all.writeBytes(w.bytes().toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return all.toByteArray();
    }
}
