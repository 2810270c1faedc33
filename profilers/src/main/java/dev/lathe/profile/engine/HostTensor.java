package dev.lathe.profile.engine;

import dev.lathe.graph.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A tensor in host memory: `bytes` in ONNX raw layout (little-endian, row-major), or `strings` for
/// [DType#STRING].
public record HostTensor(DType dtype, List<Long> dims, MemorySegment bytes, List<String> strings) {
    public HostTensor {
        dims = List.copyOf(dims);
        strings = List.copyOf(strings);
    }

    public static HostTensor of(DType dtype, List<Long> dims, MemorySegment bytes) {
        return new HostTensor(dtype, dims, bytes, List.of());
    }

    public long elements() {
        long n = 1;
        for (long d : dims) {
            n = Math.multiplyExact(n, d);
        }
        return n;
    }
}
