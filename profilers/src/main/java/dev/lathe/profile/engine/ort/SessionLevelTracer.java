package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The way without run-level profiling: a second session, profiled from open to close, for each trace. Slow,
/// but the measured session stays untouched.
final class SessionLevelTracer implements Tracer, AutoCloseable {
    private final OrtEnvironment environment;
    private final Path model;
    private final SessionConfig config;
    private final OrtModelSession measured;

    SessionLevelTracer(OrtEnvironment environment, Path model, SessionConfig config, OrtModelSession measured) {
        this.environment = environment;
        this.model = model;
        this.config = config;
        this.measured = measured;
    }

    @Override
    public TracedRun trace(Map<String, HostTensor> inputs) throws LatheException {
        SessionConfig again =
                new SessionConfig(config.threads(), config.level(), Optional.empty(), false, config.options());
        try {
            Path folder = Files.createTempDirectory("lathe-trace");
            try (OrtSession.SessionOptions options = OrtEngine.options(again)) {
                options.enableProfiling(folder.resolve("p").toString());
                try (OrtSession session = environment.createSession(model.toString(), options)) {
                    session.run(measured.feed(inputs)).close();
                    Path file = Path.of(session.endProfiling());
                    TracedRun traced = ProfileJson.read(file);
                    Files.deleteIfExists(file);
                    return traced;
                }
            } finally {
                Files.deleteIfExists(folder);
            }
        } catch (OrtException e) {
            throw measured.failed(e);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            "profile-failed", "The profile of a run cannot be had: " + e + ".", Place.nowhere()),
                    e);
        }
    }

    @Override
    public String note() {
        return "This build of ONNX Runtime cannot profile single runs: kernels are timed in a second session, opened"
                + " for each profiled run.";
    }

    @Override
    public void close() {
        // Each trace closes what it opened.
    }
}
