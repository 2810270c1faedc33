package dev.lathe.graph.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// The content of a constant tensor in ONNX raw layout: little-endian, row-major, sub-byte types packed from
/// the low bits. Nothing is read or copied until [#bytes] is asked for.
public sealed interface Weights {

    /// Size of the content in bytes.
    long byteSize();

    /// The content, read-only. For [Mapped] a view of the file; for [Splat] a fresh copy made on each call.
    MemorySegment bytes();

    /// A slice of a memory-mapped file at `offset`, in bytes from its start.
    record Mapped(SourceFile source, long offset, MemorySegment bytes) implements Weights {
        public Mapped {
            bytes = bytes.asReadOnly();
        }

        public Path file() {
            return source.path();
        }

        @Override
        public long byteSize() {
            return bytes.byteSize();
        }
    }

    /// Bytes that a pass made. Never written to after construction.
    record Heap(MemorySegment bytes) implements Weights {
        public Heap {
            bytes = bytes.asReadOnly();
        }

        public static Heap of(byte[] content) {
            return new Heap(MemorySegment.ofArray(content));
        }

        @Override
        public long byteSize() {
            return bytes.byteSize();
        }
    }

    /// One element repeated `count` times.
    record Splat(List<Byte> element, long count) implements Weights {
        public Splat {
            element = List.copyOf(element);
        }

        @Override
        public long byteSize() {
            return element.size() * count;
        }

        @Override
        public MemorySegment bytes() {
            MemorySegment all = Arena.ofAuto().allocate(Math.max(1, byteSize()));
            for (int b = 0; b < element.size(); b++) {
                byte value = element.get(b);
                for (long i = b; i < byteSize(); i += element.size()) {
                    all.set(java.lang.foreign.ValueLayout.JAVA_BYTE, i, value);
                }
            }
            return all.asSlice(0, byteSize()).asReadOnly();
        }
    }

    /// Strings, which have no raw layout.
    record Strings(List<String> values) implements Weights {
        public Strings {
            values = List.copyOf(values);
        }

        @Override
        public long byteSize() {
            return values.stream()
                    .mapToLong(s -> s.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                    .sum();
        }

        @Override
        public MemorySegment bytes() {
            return MemorySegment.ofArray(String.join("", values).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .asReadOnly();
        }
    }

    /// The content is not in the file (a published structure without its weights, a graph opened without its
    /// external data). `reason` says why; asking for the bytes is a programming error, so ask [#isPresent]
    /// first.
    record Missing(long byteSize, String reason) implements Weights {
        private static final String LEFT_OUT = "left out of the text";

        /// Of a tensor that the text form shows without what is in it.
        public static Missing leftOut(long byteSize) {
            return new Missing(byteSize, LEFT_OUT);
        }

        /// Whether there is a content that only the text form does not show.
        public boolean isLeftOut() {
            return reason.equals(LEFT_OUT);
        }

        @Override
        public MemorySegment bytes() {
            throw new IllegalStateException("weights are missing: " + reason);
        }
    }

    default boolean isPresent() {
        return !(this instanceof Missing);
    }
}
