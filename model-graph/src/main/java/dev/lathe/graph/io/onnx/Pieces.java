package dev.lathe.graph.io.onnx;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The pieces of one message: a field that can be there once and is there several times is, as protobuf has it, what
/// the pieces say one after the other.
final class Pieces {
    /// Pieces of more bytes together are not copied: such a file does not open.
    private static final long LARGEST = 64L << 20;

    private final List<WireReader> messages = new ArrayList<>(1);

    void add(WireReader message) {
        messages.add(message);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /// How to read what lies in the pieces: several are put together in memory, so that nothing in them has a place in
    /// the file.
    Reading reading(Reading ofTheFile) {
        return messages.size() == 1 ? ofTheFile : ofTheFile.inMemory();
    }

    WireReader together() throws WireFault {
        if (messages.size() == 1) {
            return messages.getFirst();
        }
        List<byte[]> all = new ArrayList<>(messages.size());
        long sum = 0;
        for (WireReader m : messages) {
            WireReader.Span span = m.rest();
            sum += span.length();
            if (sum > LARGEST) {
                throw WireFault.malformed(span.offset(), "a message in pieces is too long to be put together");
            }
            all.add(m.copy(span));
        }
        byte[] whole = new byte[(int) sum];
        int at = 0;
        for (byte[] piece : all) {
            System.arraycopy(piece, 0, whole, at, piece.length);
            at += piece.length;
        }
        return WireReader.of(MemorySegment.ofArray(whole));
    }
}
