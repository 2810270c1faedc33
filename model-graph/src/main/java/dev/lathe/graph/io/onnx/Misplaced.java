package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.lang.foreign.MemorySegment;

/// Fields with a number that ONNX has and a wire type that this field has not. Among the fields that an element keeps
/// each is wrapped in a field of the last number that there is, so that nobody takes it for what it is not; written, it
/// is as it was. A field that has this number itself is wrapped as well.
final class Misplaced {
    static final int NUMBER = 0x1FFF_FFFF;

    private Misplaced() {}

    /// A whole field as it is kept.
    ///
    /// @param reader stands behind it
    static byte[] kept(WireReader reader, byte[] whole) {
        return reader.isOfAFile() && reader.field() == NUMBER
                ? new WireWriter().bytes(NUMBER, whole).toByteArray()
                : whole;
    }

    /// Kept fields as they were in the file.
    static byte[] asInTheFile(Extra kept) throws WireFault {
        byte[] all = kept.wire();
        WireWriter out = new WireWriter();
        boolean any = false;
        WireReader r = WireReader.of(MemorySegment.ofArray(all));
        while (r.next()) {
            any |= r.field() == NUMBER;
            out.whole(r.field() == NUMBER ? r.bytes() : r.copy(r.skipWhole()));
        }
        return any ? out.toByteArray() : all;
    }
}
