package dev.lathe.graph.io;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// Reads models of one file format. Registered as a service; found by content, not by file name.
public interface ModelImporter {

    /// The format's name for people, e.g. "ONNX".
    String format();

    /// Usual file extensions without the dot, for open dialogs.
    List<String> extensions();

    /// How sure this importer is that `head` (the first bytes of the file, up to 64 KiB) is of its format: 0
    /// no … 100 certain.
    int probe(Path file, MemorySegment head, long fileSize);

    /// Reads the model; tensor contents stay mapped, untouched.
    ///
    /// @throws LatheException naming the file and, where known, the byte at which it is wrong
    Model read(Path file, JobContext context) throws LatheException;
}
