package dev.lathe.profile.engine.djl;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A TorchScript program opened through DJL.
final class PyTorchSession implements Session, Tracer {
    private final ai.djl.Model model;
    private final Path file;
    private final boolean optimizing;
    private final boolean profiling;
    private final Predictor<NDList, NDList> predictor;
    private final boolean owner;
    private final KeptInputs kept;

    PyTorchSession(ai.djl.Model model, Path file, SessionConfig config) {
        this.model = model;
        this.file = file;
        this.optimizing = config.level() != SessionConfig.Level.NONE;
        this.profiling = config.profiling();
        this.predictor = model.newPredictor(new NoopTranslator(null));
        this.kept = new KeptInputs(model.getNDManager());
        this.owner = true;
    }

    private PyTorchSession(PyTorchSession of) {
        this.model = of.model;
        this.file = of.file;
        this.optimizing = of.optimizing;
        this.profiling = false;
        this.predictor = model.newPredictor(new NoopTranslator(null));
        this.kept = new KeptInputs(model.getNDManager());
        this.owner = false;
    }

    /// DJL wants a predictor for each thread.
    @Override
    public Optional<Session> stream() {
        return Optional.of(new PyTorchSession(this));
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of();
    }

    @Override
    public List<TensorSpec> outputs() {
        return List.of();
    }

    @Override
    public Map<String, HostTensor> run(Map<String, HostTensor> given) throws LatheException {
        try (NDList result = predict(given)) {
            Map<String, HostTensor> found = new LinkedHashMap<>();
            for (int i = 0; i < result.size(); i++) {
                NDArray array = result.get(i);
                found.put(array.getName() == null ? "output" + i : array.getName(), DjlTensors.toHost(array));
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
        if (!optimizing) {
            // Kept by PyTorch for each thread.
            JniUtils.setGraphExecutorOptimize(false);
        }
        try {
            return predictor.predict(kept.of(given, inOrder(given), false));
        } catch (TranslateException e) {
            throw failed(e);
        }
    }

    private List<String> inOrder(Map<String, HostTensor> given) throws LatheException {
        List<String> names =
                IntStream.range(0, given.size()).mapToObj(PyTorchEngine::input).toList();
        for (String name : names) {
            if (!given.containsKey(name)) {
                throw new LatheException(Diagnostic.error(
                        "run-failed", "inputs are called input0, input1, …, and " + name + " is missing.", place()));
            }
        }
        return names;
    }

    private LatheException failed(Exception e) {
        return new LatheException(
                Diagnostic.error("run-failed", "PyTorch failed: " + PyTorchEngine.words(e), place())
                        .withRemedy("Check that the inputs are of the types and sizes that the program takes."),
                e);
    }

    private Place place() {
        return Place.file(file);
    }

    @Override
    public Optional<Tracer> tracer() {
        return profiling ? Optional.of(this) : Optional.empty();
    }

    @Override
    public TracedRun trace(Map<String, HostTensor> inputs) throws LatheException {
        Path profile = null;
        try {
            profile = Files.createTempFile("lathe-pytorch", ".json");
            JniUtils.startProfile(false, true, false);
            try {
                runOnly(inputs);
            } finally {
                JniUtils.stopProfile(profile.toString());
            }
            return PyTorchProfile.read(profile);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            "profile-failed", "PyTorch's profile cannot be read: " + FileReason.of(e) + ".", place()),
                    e);
        } finally {
            remove(profile);
        }
    }

    private static void remove(@Nullable Path profile) {
        try {
            if (profile != null) {
                Files.deleteIfExists(profile);
            }
        } catch (IOException e) {
            // It goes with the worker's folder.
        }
    }

    @Override
    public void close() {
        kept.close();
        predictor.close();
        if (owner) {
            model.close();
        }
    }
}
