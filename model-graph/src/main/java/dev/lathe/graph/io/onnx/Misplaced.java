package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.lang.foreign.MemorySegment;

/// Fields with a number that ONNX has and a wire type that this field has not. Among the fields that an element keeps
/// they have a number of their own, so that nobody takes them for what they are not; written, they have the old one.
final class Misplaced {
    /// The last numbers that protobuf has, which no format uses.
    private static final int FIRST = 0x1FFF_FFFF - Long.SIZE + 1;

    private Misplaced() {}

    static int number(int field) {
        return FIRST + field;
    }

    private static boolean isOne(int field) {
        return field >= FIRST;
    }

    /// A whole field as it is kept.
    ///
    /// @param reader stands behind it
    static byte[] kept(WireReader reader, byte[] whole) {
        return isOne(reader.field()) ? renumbered(whole, reader.field()) : whole;
    }

    /// Kept fields as they were in the file.
    static byte[] asInTheFile(Extra kept) throws WireFault {
        byte[] all = kept.wire();
        WireWriter out = new WireWriter();
        boolean any = false;
        WireReader r = WireReader.of(MemorySegment.ofArray(all));
        while (r.next()) {
            boolean one = isOne(r.field());
            byte[] whole = r.copy(r.skipWhole());
            out.whole(one ? renumbered(whole, r.field() - FIRST) : whole);
            any |= one;
        }
        return any ? out.toByteArray() : all;
    }

    private static byte[] renumbered(byte[] whole, int field) {
        int content = 0;
        while (whole[content++] < 0) {
            // The tag goes on.
        }
        return new WireWriter().field(field, whole[0] & 7, whole, content).toByteArray();
    }
}
