package dev.lathe.graph.io;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import java.nio.file.Path;

/// Writes models of one file format. Registered as a service.
public interface ModelExporter {

    /// The format's name for people, e.g. "ONNX".
    String format();

    /// Writes beside the target and moves over it at the end, so a failure or a cancel leaves an old target
    /// as it was. Weights are streamed from where they are, never copied through the heap.
    ///
    /// @throws LatheException when the disk is full, the folder cannot be written, or weights are missing
    void write(Model model, Path target, JobContext context) throws LatheException;
}
