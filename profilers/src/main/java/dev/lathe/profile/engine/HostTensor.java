package dev.lathe.profile.engine;

import dev.lathe.graph.DType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A tensor in host memory: `bytes` in ONNX raw layout (little-endian, row-major), or `strings` for
/// [DType#STRING].
///
/// @param file the file that `bytes` are mapped from, at its start, where other processes of this program may map
///     them too instead of being sent a copy
public record HostTensor(DType dtype, List<Long> dims, MemorySegment bytes, List<String> strings, Optional<Path> file) {
    public HostTensor {
        dims = List.copyOf(dims);
        strings = List.copyOf(strings);
    }

    public HostTensor(DType dtype, List<Long> dims, MemorySegment bytes, List<String> strings) {
        this(dtype, dims, bytes, strings, Optional.empty());
    }

    public static HostTensor of(DType dtype, List<Long> dims, MemorySegment bytes) {
        return new HostTensor(dtype, dims, bytes, List.of());
    }

    /// The same in memory of its own, on the heap.
    public HostTensor copy() {
        byte[] own = new byte[Math.toIntExact(bytes.byteSize())];
        return new HostTensor(dtype, dims, MemorySegment.ofArray(own).copyFrom(bytes), strings);
    }

    public long elements() {
        long n = 1;
        for (long d : dims) {
            n = Math.multiplyExact(n, d);
        }
        return n;
    }
}
