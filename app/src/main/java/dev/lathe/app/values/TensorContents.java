package dev.lathe.app.values;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.optimize.check.NpyFile;
import dev.lathe.optimize.check.ValueStatistics;
import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.profile.engine.HostTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// What a tensor held in a run. Its numbers lie in a file that is mapped, so that however large it is, only what is
/// looked at is in memory.
public final class TensorContents {
    /// Of a type that has no file format; these are small types and texts.
    private static final long MOST_IN_MEMORY = 64L << 20;

    private final String name;
    private final DType dtype;
    private final List<Long> dims;
    private final ValueStatistics statistics;
    private final Optional<Path> file;
    private final MemorySegment bytes;
    private final List<String> strings;

    private TensorContents(
            String name, HostTensor t, ValueStatistics statistics, Optional<Path> file, MemorySegment bytes) {
        this.name = name;
        this.dtype = t.dtype();
        this.dims = t.dims();
        this.strings = t.strings();
        this.statistics = statistics;
        this.file = file;
        this.bytes = bytes;
    }

    /// Of a tensor that is good during the call only.
    ///
    /// @param folder where its file is made
    /// @throws LatheException when the file cannot be written, or there is no way to keep so much
    public static TensorContents of(String name, HostTensor t, Path folder) throws LatheException {
        ValueStatistics statistics = ValueStatistics.of(t);
        if (!NpyFile.canHold(t)) {
            if (t.bytes().byteSize() > MOST_IN_MEMORY) {
                throw new LatheException(Diagnostic.error(
                        "too-large",
                        "is too large to be shown: its type has no file format.",
                        new Place.AtValue(name)));
            }
            return new TensorContents(
                    name, t, statistics, Optional.empty(), t.copy().bytes());
        }
        try {
            Path file = Files.createTempFile(folder, "tensor-", ".npy");
            file.toFile().deleteOnExit();
            NpyFile.write(t, file);
            try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
                long size = t.bytes().byteSize();
                // Unmapped when nobody looks at it any more.
                MemorySegment mapped = in.map(FileChannel.MapMode.READ_ONLY, in.size() - size, size, Arena.ofAuto());
                return new TensorContents(name, t, statistics, Optional.of(file), mapped);
            }
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            FileReason.codeOfWriting(e),
                            "the values of " + name + " cannot be kept (" + FileReason.of(e) + ").",
                            Place.file(folder)),
                    e);
        }
    }

    public String name() {
        return name;
    }

    public DType dtype() {
        return dtype;
    }

    public List<Long> dims() {
        return dims;
    }

    public long elements() {
        return statistics.elements();
    }

    public ValueStatistics statistics() {
        return statistics;
    }

    /// NaN where it is no number.
    public double at(long index) {
        return strings.isEmpty() ? Elements.at(dtype, bytes, index).orElse(Double.NaN) : Double.NaN;
    }

    /// The text at an index of a tensor of texts.
    public Optional<String> text(long index) {
        return strings.isEmpty() ? Optional.empty() : Optional.of(strings.get(Math.toIntExact(index)));
    }

    public boolean canSave() {
        return file.isPresent();
    }

    /// As a NumPy file.
    ///
    /// @throws IOException when it cannot be written
    public void save(Path target) throws IOException {
        Files.copy(file.orElseThrow(), target, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Takes the file away: nobody looks at it any more.
    void forget() {
        file.ifPresent(f -> {
            try {
                Files.deleteIfExists(f);
            } catch (IOException e) {
                // Where a mapped file cannot be deleted, it goes when the program ends.
                f.toFile().deleteOnExit();
            }
        });
    }
}
