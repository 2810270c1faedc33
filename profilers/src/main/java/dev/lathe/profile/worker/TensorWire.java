package dev.lathe.profile.worker;

import com.google.protobuf.ByteString;
import dev.lathe.graph.DType;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.worker.wire.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// Tensors on their way between the processes: small ones inside the message, large ones in a mapped file of
/// the private folder, which the receiver deletes as soon as it is mapped.
final class TensorWire {
    private static final long INLINE = 32 << 10;

    private final Path folder;
    private final String prefix;
    private final AtomicLong numbers = new AtomicLong();

    TensorWire(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    Tensor pack(String name, HostTensor t) throws IOException {
        Tensor.Builder b = Tensor.newBuilder()
                .setName(name)
                .setDtype(t.dtype().onnxCode())
                .addAllDims(t.dims())
                .addAllStrings(t.strings());
        if (t.bytes().byteSize() <= INLINE) {
            return b.setData(ByteString.copyFrom(t.bytes().asByteBuffer())).build();
        }
        Path file = folder.resolve(prefix + numbers.incrementAndGet());
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (Arena arena = Arena.ofConfined()) {
                out.map(FileChannel.MapMode.READ_WRITE, 0, t.bytes().byteSize(), arena)
                        .copyFrom(t.bytes());
            }
        }
        return b.setFile(file.getFileName().toString()).build();
    }

    HostTensor unpack(Tensor t) throws IOException {
        DType dtype = DType.ofOnnxCode(t.getDtype())
                .orElseThrow(() -> new IOException("unknown element type " + t.getDtype()));
        MemorySegment bytes;
        if (t.getFile().isEmpty()) {
            bytes = MemorySegment.ofArray(t.getData().toByteArray());
        } else {
            Path file = folder.resolve(t.getFile());
            try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
                bytes = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), Arena.ofAuto());
            }
            Files.delete(file);
        }
        return new HostTensor(dtype, t.getDimsList(), bytes, t.getStringsList());
    }
}
