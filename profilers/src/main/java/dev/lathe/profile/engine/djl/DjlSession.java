package dev.lathe.profile.engine.djl;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.Tracer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model opened through DJL.
final class DjlSession implements Session {
    private final ai.djl.Model model;
    private final OrtSession.SessionOptions options;
    private final Path file;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Predictor<NDList, NDList> predictor;
    private final boolean owner;
    private final KeptInputs kept;

    DjlSession(ai.djl.Model model, OrtSession.SessionOptions options, Model described, Path file) {
        this.model = model;
        this.options = options;
        this.file = file;
        this.inputs = specs(described.graph(), described.graph().requiredInputs());
        this.outputs = specs(described.graph(), described.graph().outputs());
        this.predictor = model.newPredictor(new NoopTranslator(null));
        this.kept = new KeptInputs(model.getNDManager());
        this.owner = true;
    }

    private DjlSession(DjlSession of) {
        this.model = of.model;
        this.options = of.options;
        this.file = of.file;
        this.inputs = of.inputs;
        this.outputs = of.outputs;
        this.predictor = model.newPredictor(new NoopTranslator(null));
        this.kept = new KeptInputs(model.getNDManager());
        this.owner = false;
    }

    /// DJL wants a predictor for each thread.
    @Override
    public Optional<Session> stream() {
        return Optional.of(new DjlSession(this));
    }

    private static List<TensorSpec> specs(Graph graph, List<ValueId> ids) {
        return ids.stream()
                .map(graph::value)
                .flatMap(Optional::stream)
                .map((Value v) -> new TensorSpec(v.name(), v.declared()))
                .toList();
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
        try (NDList result = predict(given)) {
            Map<String, HostTensor> found = new LinkedHashMap<>();
            for (int i = 0; i < result.size(); i++) {
                NDArray array = result.get(i);
                String name = array.getName() == null ? outputs.get(i).name() : array.getName();
                found.put(name, DjlTensors.toHost(array));
            }
            return found;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public void runOnly(Map<String, HostTensor> given) throws LatheException {
        try (NDList result = predict(given)) {
            // Outputs stay where they are: this is what a program that uses the model pays.
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private NDList predict(Map<String, HostTensor> given) throws LatheException {
        try {
            return predictor.predict(kept.of(given, List.copyOf(given.keySet()), true));
        } catch (TranslateException e) {
            throw failed(e);
        }
    }

    private LatheException failed(Exception e) {
        return new LatheException(
                Diagnostic.error(
                        "run-failed", "ONNX Runtime in DJL failed: " + DjlOnnxRuntimeEngine.words(e), Place.file(file)),
                e);
    }

    /// DJL does not pass the runtime's profiler on.
    @Override
    public Optional<Tracer> tracer() {
        return Optional.empty();
    }

    @Override
    public void close() {
        kept.close();
        predictor.close();
        if (owner) {
            model.close();
            options.close();
        }
    }
}
