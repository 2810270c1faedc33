package dev.lathe.profile.engine;

import dev.lathe.core.LatheException;
import java.nio.file.Path;

/// A runtime that can execute model files. Registered as a service; lives in the worker process, never in the
/// window's.
public interface ExecutionEngine {

    /// Stable key for the command line, e.g. `onnxruntime`.
    String id();

    String title();

    Availability availability();

    /// Begins what takes long and every session needs, such as loading libraries, so that it is done when a model
    /// comes; called at most once, on a thread of its own. What goes wrong with it is for [#open] to tell.
    default void warmUp() {
        // Nothing takes long.
    }

    Session open(Path model, SessionConfig config) throws LatheException;
}
