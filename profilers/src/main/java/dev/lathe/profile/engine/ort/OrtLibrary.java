package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.LatheException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// ONNX Runtime's library in this process: loaded once, by whoever wants it first. That takes some hundred ms, and a
/// worker has nothing else to do until it is told of a model.
final class OrtLibrary {
    private static final FutureTask<OrtLibrary> LOADING = new FutureTask<>(OrtLibrary::new);

    private final Path natives;
    private final OrtEnvironment environment;
    private final FutureTask<Optional<RunProfiling>> profiling;

    private OrtLibrary() throws IOException {
        natives = OrtNatives.install();
        environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "lathe");
        profiling = new FutureTask<>(() -> RunProfiling.load(natives));
    }

    /// Loads it, and what profiles single runs; what goes wrong stays there for who asks for the library.
    static void begin() {
        LOADING.run();
        if (LOADING.state() == FutureTask.State.SUCCESS) {
            LOADING.resultNow().profiling.run();
        }
    }

    /// @throws IOException when the library cannot be unpacked
    /// @throws LinkageError when it cannot be loaded; every time the same, with the first cause
    static OrtLibrary loaded() throws IOException, LatheException {
        LOADING.run();
        return of(LOADING);
    }

    /// Folder of the libraries.
    Path natives() {
        return natives;
    }

    OrtEnvironment environment() {
        return environment;
    }

    /// Empty when the library does not have it.
    Optional<RunProfiling> profiling() throws IOException, LatheException {
        profiling.run();
        return of(profiling);
    }

    private static <T> T of(FutureTask<T> task) throws IOException, LatheException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobCancelledException();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException r -> throw r;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
