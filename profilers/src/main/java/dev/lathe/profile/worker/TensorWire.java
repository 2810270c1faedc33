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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Tensors on their way between the processes: small ones inside the message, middling ones in [Slots] that both
/// sides keep mapped, large ones in a mapped file of their own. Files are in the private folder, and the receiver
/// deletes them as soon as they are mapped.
///
/// A message with tensors may be packed only when the one before it in the same direction has been answered or
/// copied, or was packed to last longer: slots are written again. Tensors that lie in a slot of another worker are
/// not copied: the receiver maps that slot.
final class TensorWire {
    private static final long INLINE = 32 << 10;

    /// Up to here a copy costs less than the new pages of a file of its own.
    private static final long SLOT = 16 << 20;

    private final Path folder;
    private final String prefix;
    private final AtomicLong numbers = new AtomicLong();
    private final Slots outgoing;
    private final Slots incoming;
    private long messages;

    TensorWire(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
        this.outgoing = new Slots(folder, prefix);
        this.incoming = new Slots(folder, "");
    }

    /// All tensors of one message.
    List<Tensor> pack(Map<String, HostTensor> tensors) throws IOException {
        return pack(tensors, 0);
    }

    /// All tensors of one message, good until `lentFor` more have been packed; 0: only until the next.
    List<Tensor> pack(Map<String, HostTensor> tensors, int lentFor) throws IOException {
        int first = lentFor == 0 ? 0 : (int) (messages++ % lentFor) * tensors.size();
        List<Tensor> packed = new ArrayList<>();
        for (Map.Entry<String, HostTensor> e : tensors.entrySet()) {
            Tensor.Builder b = Tensor.newBuilder()
                    .setName(e.getKey())
                    .setDtype(e.getValue().dtype().onnxCode())
                    .addAllDims(e.getValue().dims())
                    .addAllStrings(e.getValue().strings());
            write(e.getValue(), b, first + packed.size());
            packed.add(b.setLent(b.getLent() || b.getSlot() && lentFor > 0).build());
        }
        return packed;
    }

    private void write(HostTensor t, Tensor.Builder b, int number) throws IOException {
        long size = t.bytes().byteSize();
        if (size <= INLINE) {
            b.setData(ByteString.copyFrom(t.bytes().asByteBuffer()));
            return;
        }
        b.setBytes(size);
        if (t.file().isPresent()) {
            b.setFile(t.file().get().toString()).setSlot(true).setLent(true);
            return;
        }
        if (size <= SLOT) {
            Slots.Slot slot = outgoing.atLeast(number, size);
            slot.memory().copyFrom(t.bytes());
            b.setFile(slot.file()).setSlot(true);
            return;
        }
        Path file = folder.resolve(prefix + numbers.incrementAndGet());
        try (FileChannel out = FileChannel.open(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Arena arena = Arena.ofConfined()) {
            out.map(FileChannel.MapMode.READ_WRITE, 0, size, arena).copyFrom(t.bytes());
        }
        b.setFile(file.getFileName().toString());
    }

    /// The tensors of a message, by name; those in slots are good as long as the sender said.
    Map<String, HostTensor> borrow(List<Tensor> packed) throws IOException {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        for (Tensor t : packed) {
            tensors.put(t.getName(), tensor(t));
        }
        return tensors;
    }

    /// The tensors of a message, by name, to keep.
    Map<String, HostTensor> take(List<Tensor> packed) throws IOException {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        for (Tensor t : packed) {
            tensors.put(t.getName(), t.getSlot() ? tensor(t).copy() : tensor(t));
        }
        return tensors;
    }

    private HostTensor tensor(Tensor t) throws IOException {
        DType dtype = DType.ofOnnxCode(t.getDtype())
                .orElseThrow(() -> new IOException("unknown element type " + t.getDtype()));
        return new HostTensor(
                dtype,
                t.getDimsList(),
                bytes(t),
                t.getStringsList(),
                t.getLent() ? Optional.of(folder.resolve(t.getFile())) : Optional.empty());
    }

    private MemorySegment bytes(Tensor t) throws IOException {
        if (t.getFile().isEmpty()) {
            return MemorySegment.ofArray(t.getData().toByteArray());
        }
        if (t.getSlot()) {
            return incoming.mapped(t.getFile(), !t.getLent()).asSlice(0, t.getBytes());
        }
        Path file = folder.resolve(t.getFile());
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            return in.map(FileChannel.MapMode.READ_ONLY, 0, t.getBytes(), Arena.ofAuto());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
