package dev.lathe.graph.io;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import java.nio.file.Path;

/// Writes models of one file format. Registered as a service.
public interface ModelExporter {

    /// The format's name for people, e.g. "ONNX".
    String format();

    /// As below, with the weights where they were.
    default void write(Model model, Path target, JobContext context) throws LatheException {
        write(model, target, WeightPlacement.keep(), context);
    }

    /// Writes beside the target and moves over it at the end, so a failure or a cancel leaves an old target
    /// as it was; data files appear together with the model or not at all, and never over another model's.
    /// Weights are streamed from where they are, never copied through the heap.
    ///
    /// @throws LatheException when the disk is full, the folder cannot be written, weights are missing, or the
    ///     format cannot hold the model with its weights placed so
    void write(Model model, Path target, WeightPlacement weights, JobContext context) throws LatheException;

    /// As above, over the very file that `model` was made from: data files that this one has may be written over, since
    /// the model that needed them is gone afterwards.
    ///
    /// @throws LatheException as above
    default void replace(Path file, Model model, WeightPlacement weights, JobContext context) throws LatheException {
        write(model, file, weights, context);
    }
}
