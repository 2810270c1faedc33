package dev.lathe.graph.io.onnx;

import dev.lathe.core.JobContext;
import dev.lathe.graph.data.Weights;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Sends structure and weights to a channel in pieces small enough to stop within a moment. Mapped weights go
/// from the page cache of the source to the target without passing through the heap.
final class WeightStream {
    private static final int CHUNK = 4 << 20;

    private final WritableByteChannel channel;
    private final JobContext context;
    private final long total;
    private long written;

    WeightStream(WritableByteChannel channel, long total, JobContext context) {
        this.channel = channel;
        this.total = total;
        this.context = context;
    }

    long written() {
        return written;
    }

    void message(WireWriter message) throws IOException {
        for (WireWriter.Piece p : message.pieces()) {
            switch (p) {
                case WireWriter.Piece.Structure(byte[] content) -> send(MemorySegment.ofArray(content));
                case WireWriter.Piece.Bulk(Weights w) -> weights(w);
            }
        }
    }

    void dataFile(DataFile file) throws IOException {
        for (DataFile.Entry e : file.entries()) {
            send(MemorySegment.ofArray(new byte[Math.toIntExact(e.offset() - written)]));
            weights(e.weights());
        }
    }

    private void weights(Weights weights) throws IOException {
        if (!(weights instanceof Weights.Splat s) || s.byteSize() <= CHUNK) {
            send(weights.bytes().asSlice(0, weights.byteSize()));
            return;
        }
        long perTile = CHUNK / s.element().size();
        MemorySegment tile = new Weights.Splat(s.element(), perTile).bytes();
        for (long left = s.byteSize(); left > 0; left -= tile.byteSize()) {
            send(tile.asSlice(0, Math.min(left, tile.byteSize())));
        }
    }

    private void send(MemorySegment bytes) throws IOException {
        for (long at = 0; at < bytes.byteSize(); at += CHUNK) {
            context.checkCancelled();
            ByteBuffer chunk =
                    bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at)).asByteBuffer();
            while (chunk.hasRemaining()) {
                written += channel.write(chunk);
            }
            context.progress(total == 0 ? 1 : Math.min(1, (double) written / total), "writing");
        }
    }
}
