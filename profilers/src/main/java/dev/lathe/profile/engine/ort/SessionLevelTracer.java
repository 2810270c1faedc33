package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import java.io.IOException;
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
        SessionConfig again = new SessionConfig(
                        config.threads(), config.level(), Optional.empty(), false, config.options())
                .on(config.accelerator());
        try (TraceFolder folder = TraceFolder.create();
                OrtSession.SessionOptions options = OrtEngine.options(again)) {
            OrtProviders.add(again, options);
            options.enableProfiling(folder.prefix().toString());
            try (OrtSession session = environment.createSession(model.toString(), options)) {
                session.run(measured.feed(inputs)).close();
                session.endProfiling();
            }
            return folder.read();
        } catch (OrtException e) {
            throw measured.failed(e);
        } catch (IOException e) {
            throw TraceFolder.failed(model, e);
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
