package dev.lathe.profile.engine.ort;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.Tracer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model opened by ONNX Runtime. Inputs that are given again as the same objects keep their native tensors,
/// so a measuring loop times the model and not our copying.
final class OrtModelSession implements Session {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Path model;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Optional<Tracer> tracer;
    private final boolean owner;
    private Map<String, HostTensor> fedFrom = Map.of();
    private Map<String, OnnxTensor> fed = Map.of();

    /// @param runs what profiles single runs, if the library has it
    OrtModelSession(
            OrtEnvironment environment,
            OrtSession session,
            Path model,
            SessionConfig config,
            Optional<RunProfiling> runs)
            throws OrtException {
        this.environment = environment;
        this.session = session;
        this.model = model;
        this.inputs = specs(session.getInputInfo());
        this.outputs = specs(session.getOutputInfo());
        this.tracer = config.profiling() ? Optional.of(tracer(config, runs)) : Optional.empty();
        this.owner = true;
    }

    /// A stream of that one: the runtime's sessions may be run from several threads, only what is fed is one's own.
    private OrtModelSession(OrtModelSession of) {
        this.environment = of.environment;
        this.session = of.session;
        this.model = of.model;
        this.inputs = of.inputs;
        this.outputs = of.outputs;
        this.tracer = Optional.empty();
        this.owner = false;
    }

    @Override
    public Optional<Session> stream() {
        return Optional.of(new OrtModelSession(this));
    }

    private Tracer tracer(SessionConfig config, Optional<RunProfiling> runs) {
        return runs.isPresent()
                ? new RunLevelTracer(this, runs.get())
                : new SessionLevelTracer(environment, model, config, this);
    }

    private static List<TensorSpec> specs(Map<String, NodeInfo> infos) {
        List<TensorSpec> specs = new ArrayList<>();
        infos.forEach((name, info) -> specs.add(new TensorSpec(name, OrtTensors.type(info.getInfo()))));
        return specs;
    }

    @Override
    public List<TensorSpec> inputs() {
        return inputs;
    }

    @Override
    public List<TensorSpec> outputs() {
        return outputs;
    }

    @Override
    public Map<String, HostTensor> run(Map<String, HostTensor> given) throws LatheException {
        try (OrtSession.Result result = session.run(feed(given))) {
            Map<String, HostTensor> found = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> e : result) {
                if (e.getValue() instanceof OnnxTensor t) {
                    found.put(e.getKey(), OrtTensors.toHost(t));
                }
            }
            return found;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public void runOnly(Map<String, HostTensor> given) throws LatheException {
        try (OrtSession.Result result = session.run(feed(given))) {
            // Outputs stay where they are: this is what a program that uses the model pays.
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /// Runs with options of the C API that the Java API does not have.
    void run(Map<String, HostTensor> given, OrtSession.RunOptions options) throws LatheException {
        try (OrtSession.Result result = session.run(feed(given), session.getOutputNames(), options)) {
            // Only the profile is wanted.
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    Path model() {
        return model;
    }

    LatheException failed(OrtException e) {
        return new LatheException(
                Diagnostic.error("run-failed", "ONNX Runtime failed: " + OrtWords.of(e), Place.file(model)), e);
    }

    Map<String, OnnxTensor> feed(Map<String, HostTensor> given) throws LatheException {
        if (given == fedFrom) {
            return fed;
        }
        fed.values().forEach(OnnxTensor::close);
        fedFrom = Map.of();
        fed = Map.of();
        Map<String, OnnxTensor> next = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, HostTensor> e : given.entrySet()) {
                next.put(e.getKey(), OrtTensors.toOrt(environment, e.getValue()));
            }
        } catch (OrtException e) {
            next.values().forEach(OnnxTensor::close);
            throw failed(e);
        }
        fedFrom = given;
        fed = next;
        return next;
    }

    @Override
    public Optional<Tracer> tracer() {
        return tracer;
    }

    @Override
    public void close() {
        fed.values().forEach(OnnxTensor::close);
        fed = Map.of();
        fedFrom = Map.of();
        if (!owner) {
            return;
        }
        if (tracer.isPresent() && tracer.get() instanceof SessionLevelTracer s) {
            s.close();
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
