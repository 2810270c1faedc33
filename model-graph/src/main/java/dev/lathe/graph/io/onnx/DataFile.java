package dev.lathe.graph.io.onnx;

import dev.lathe.graph.data.Weights;
import java.util.ArrayList;
import java.util.List;

/// The layout of one file beside an exported model that holds external tensors, one after the other, aligned so
/// that runtimes can map them.
final class DataFile {
    /// Pages are mapped in these units: 4 KiB on most systems, 64 KiB on Windows, which large tensors get.
    private static final long PAGE = 4096;

    private static final long LARGE = 1 << 20;
    private static final long LARGE_PAGE = 65_536;

    private final String name;
    private final List<Entry> entries = new ArrayList<>();
    private long end;

    record Entry(long offset, Weights weights) {}

    DataFile(String name) {
        this.name = name;
    }

    /// The location that tensors name, relative to the model.
    String name() {
        return name;
    }

    /// Adds a tensor's bytes and says where they begin.
    long place(Weights weights) {
        long offset = nextOffset(weights);
        entries.add(new Entry(offset, weights));
        end = offset + weights.byteSize();
        return offset;
    }

    /// Whether the file would have at most `most` bytes with that tensor too.
    boolean hasRoomFor(Weights weights, long most) {
        return weights.byteSize() <= most - nextOffset(weights);
    }

    private long nextOffset(Weights weights) {
        long unit = weights.byteSize() >= LARGE ? LARGE_PAGE : PAGE;
        return Math.ceilDiv(end, unit) * unit;
    }

    List<Entry> entries() {
        return entries;
    }

    long size() {
        return end;
    }
}
