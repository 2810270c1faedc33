package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Profiles single runs of a session that otherwise runs at full speed.
final class RunLevelTracer implements Tracer {
    private final OrtModelSession session;
    private final RunProfiling profiling;

    RunLevelTracer(OrtModelSession session, RunProfiling profiling) {
        this.session = session;
        this.profiling = profiling;
    }

    @Override
    public TracedRun trace(Map<String, HostTensor> inputs) throws LatheException {
        try {
            Path folder = Files.createTempDirectory("lathe-trace");
            try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
                profiling.enable(handle(options), folder.resolve("p"));
                session.run(inputs, options);
                return read(folder);
            } finally {
                remove(folder);
            }
        } catch (OrtException e) {
            throw session.failed(e);
        } catch (IOException | ReflectiveOperationException e) {
            throw new LatheException(
                    Diagnostic.error(
                            "profile-failed", "The profile of a run cannot be had: " + e + ".", Place.nowhere()),
                    e);
        }
    }

    /// The Java class keeps the C handle to itself.
    private static long handle(OrtSession.RunOptions options) throws ReflectiveOperationException {
        Field field = OrtSession.RunOptions.class.getDeclaredField("nativeHandle");
        field.setAccessible(true);
        return field.getLong(options);
    }

    private static TracedRun read(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                return ProfileJson.read(file);
            }
        }
        return new TracedRun(List.of(), Duration.ZERO);
    }

    private static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
