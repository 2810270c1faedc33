package dev.lathe.graph.io.onnx;

import dev.lathe.core.JobContext;
import dev.lathe.graph.data.Weights;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.util.Optional;

/// Sends structure and weights to a channel in pieces small enough to stop within a moment. Large mapped weights go
/// from file to file, or else from the mapping; neither passes through the heap.
final class WeightStream implements AutoCloseable {
    private static final int CHUNK = 4 << 20;

    /// Below this, the calls to the system cost more than the pages of the mapping.
    private static final int LARGE = 1 << 20;

    private final WritableByteChannel channel;
    private final JobContext context;
    private final SourceChannel source = new SourceChannel();
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
        if (weights instanceof Weights.Mapped m && m.byteSize() >= LARGE) {
            Optional<FileChannel> from = source.of(m.source());
            if (from.isPresent()) {
                transfer(from.get(), m);
                return;
            }
        }
        if (weights instanceof Weights.Mapped m) {
            mapped(m);
            return;
        }
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

    /// Pages of a mapping beyond the end of its file are an error of the JVM to read, and to the system a bad address.
    private void mapped(Weights.Mapped weights) throws IOException {
        try {
            send(weights.bytes());
        } catch (InternalError | IOException e) {
            if (Files.exists(weights.file()) && Files.size(weights.file()) < weights.offset() + weights.byteSize()) {
                throw shorter(weights);
            }
            throw e;
        }
    }

    private static IOException shorter(Weights.Mapped weights) {
        return new IOException("'" + weights.file() + "' became shorter while it was read");
    }

    private void transfer(FileChannel from, Weights.Mapped weights) throws IOException {
        long end = weights.offset() + weights.byteSize();
        for (long at = weights.offset(); at < end; ) {
            context.checkCancelled();
            long moved = from.transferTo(at, Math.min(CHUNK, end - at), channel);
            if (moved == 0) {
                throw shorter(weights);
            }
            at += moved;
            count(moved);
        }
    }

    private void send(MemorySegment bytes) throws IOException {
        for (long at = 0; at < bytes.byteSize(); at += CHUNK) {
            context.checkCancelled();
            ByteBuffer chunk =
                    bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at)).asByteBuffer();
            while (chunk.hasRemaining()) {
                count(channel.write(chunk));
            }
        }
    }

    private void count(long bytes) {
        written += bytes;
        context.progress(total == 0 ? 1 : Math.min(1, (double) written / total), "writing");
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
