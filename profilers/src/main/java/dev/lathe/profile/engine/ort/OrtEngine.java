package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.ExecutionEngine;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// ONNX Runtime: on the CPU, and on what else its native libraries have a provider for.
public final class OrtEngine implements ExecutionEngine {
    @Override
    public String id() {
        return EngineCatalog.DEFAULT;
    }

    @Override
    public String title() {
        return "ONNX Runtime";
    }

    /// ONNX Runtime's words when the disk is full; one that may not be written at all is told differently.
    private static final String NOT_WRITTEN = "Protobuf serialization failed";

    /// Looks only whether the library is there: loading it belongs into the worker.
    @Override
    public Availability availability() {
        return OrtNatives.shipped()
                ? new Availability.Ready(OrtNatives.VERSION)
                : new Availability.Missing(
                        "this build has no ONNX Runtime library for " + OrtNatives.platform() + ".",
                        "Install a build of Lathe for this system.");
    }

    @Override
    public void warmUp() {
        OrtLibrary.begin();
    }

    @Override
    public Session open(Path model, SessionConfig config) throws LatheException {
        try {
            OrtLibrary library = OrtLibrary.loaded();
            OrtEnvironment environment = library.environment();
            checkVersion(environment.getVersion(), library.natives());
            try (OrtSession.SessionOptions options = options(config)) {
                OrtProviders.add(config, options);
                OrtSession session = environment.createSession(model.toString(), options);
                return new OrtModelSession(
                        environment,
                        session,
                        model,
                        config,
                        config.profiling() ? library.profiling() : Optional.empty());
            }
        } catch (OrtException e) {
            Optional<Path> optimized = config.optimizedModel().filter(p -> words(e).contains(NOT_WRITTEN));
            if (optimized.isPresent()) {
                throw unwritten(optimized.get(), e);
            }
            throw new LatheException(
                    Diagnostic.error(
                            "engine-refused",
                            "ONNX Runtime cannot open the model: " + OrtWords.of(e),
                            Place.file(model)),
                    e);
        } catch (LinkageError | IllegalStateException e) {
            throw new LatheException(
                    Diagnostic.error(
                                    "engine-natives",
                                    "ONNX Runtime's library cannot be loaded from " + OrtNatives.place() + ": "
                                            + oneLine(e) + ".",
                                    Place.nowhere())
                            .withRemedy(AGAIN),
                    e);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                                    "engine-natives",
                                    "ONNX Runtime's library cannot be unpacked: " + FileReason.of(e) + ".",
                                    Place.nowhere())
                            .withRemedy("Make room in the cache folder, or set LATHE_CACHE to another one."),
                    e);
        }
    }

    private static final String AGAIN = "If it is a pack, add it again: see 'lathe packs list'.";

    /// A library of another version would be called by tables that are not its own.
    private static void checkVersion(String version, Path natives) throws LatheException {
        if (!version.equals(OrtNatives.VERSION)) {
            throw new LatheException(Diagnostic.error(
                            "engine-natives",
                            "the worker runs ONNX Runtime " + version + " (from " + natives + "), and this Lathe needs "
                                    + OrtNatives.VERSION + ".",
                            Place.nowhere())
                    .withRemedy(AGAIN));
        }
    }

    private static String oneLine(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).replaceAll("\\s+", " ").strip();
    }

    private static String words(OrtException e) {
        return String.valueOf(e.getMessage());
    }

    /// The model is good; the machine has no room for its optimized form.
    private static LatheException unwritten(Path optimized, OrtException e) {
        return new LatheException(
                Diagnostic.error(
                                "disk-full",
                                "the model as ONNX Runtime optimizes it cannot be written to "
                                        + Optional.ofNullable(optimized.getParent())
                                                .orElse(optimized)
                                        + ": there is no space left.",
                                Place.nowhere())
                        .withRemedy("Free some space, or set another temporary folder (-Djava.io.tmpdir)."),
                e);
    }

    public static OrtSession.SessionOptions options(SessionConfig config) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(config.threads());
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(
                switch (config.level()) {
                    case NONE -> OrtSession.SessionOptions.OptLevel.NO_OPT;
                    case BASIC -> OrtSession.SessionOptions.OptLevel.BASIC_OPT;
                    case EXTENDED -> OrtSession.SessionOptions.OptLevel.EXTENDED_OPT;
                    case ALL -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
                });
        // Spinning threads take the cores away from the window and from other workers, so who wants them asks.
        options.addConfigEntry(SessionConfig.SPINNING, config.options().getOrDefault(SessionConfig.SPINNING, "0"));
        if (config.optimizedModel().isPresent()) {
            options.setOptimizedModelFilePath(config.optimizedModel().get().toString());
        }
        for (var e : config.options().entrySet()) {
            if (!e.getKey().equals(SessionConfig.SPINNING)) {
                options.addConfigEntry(e.getKey(), e.getValue());
            }
        }
        return options;
    }
}
