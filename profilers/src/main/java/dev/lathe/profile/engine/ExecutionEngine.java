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

    Session open(Path model, SessionConfig config) throws LatheException;
}
