package dev.lathe.graph.io.onnx;

import dev.lathe.graph.data.SourceFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A whole file, mapped read-only. The mapping lives as long as any tensor refers to it.
record MappedFile(SourceFile source, MemorySegment bytes) {

    static MappedFile of(Path file) throws IOException {
        SourceFile before = SourceFile.at(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            // Else another file came to the path meanwhile, and which of the two was opened is not known.
            boolean isSame = SourceFile.at(file).equals(before);
            return new MappedFile(isSame ? before : new SourceFile(file, Optional.empty()), bytes);
        }
    }

    Path path() {
        return source.path();
    }
}
