package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import java.nio.file.Path;

/// What became of the last wish to open a model.
public sealed interface Opening {

    /// No model was asked for: the start page.
    record Nothing() implements Opening {}

    /// A job reads the file.
    record Reading(Attempt attempt, Path file) implements Opening {}

    /// The model of the file is the project's source.
    record Opened(Path file) implements Opening {}

    /// The file could not be read. What was open before stays open.
    record Failed(Path file, Diagnostic why) implements Opening {}

    Opening NOTHING = new Nothing();
}
