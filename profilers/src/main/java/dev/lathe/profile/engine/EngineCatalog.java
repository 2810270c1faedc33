package dev.lathe.profile.engine;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// Every registered engine.
public final class EngineCatalog {
    /// The engine for whoever names none: the one that tells what its kernels cost.
    public static final String DEFAULT = "onnxruntime";

    private EngineCatalog() {}

    /// An engine as data, for lists.
    public record Entry(String id, String title, Availability availability) {}

    public static List<Entry> all() {
        return load().stream()
                .map(e -> new Entry(e.id(), e.title(), e.availability()))
                .toList();
    }

    /// @throws LatheException when there is none of this id, or it cannot be used here
    public static ExecutionEngine engine(String id) throws LatheException {
        List<ExecutionEngine> engines = load();
        for (ExecutionEngine e : engines) {
            if (e.id().equals(id)) {
                if (e.availability() instanceof Availability.Missing(String reason, String remedy)) {
                    throw new LatheException(Diagnostic.error(
                                    "engine-unavailable",
                                    "engine " + id + " cannot be used: " + reason,
                                    new Place.AtOption("--engine"))
                            .withRemedy(remedy));
                }
                return e;
            }
        }
        throw new LatheException(Diagnostic.error(
                "unknown-engine",
                "there is no engine '" + id + "'; there is "
                        + String.join(
                                ", ", engines.stream().map(ExecutionEngine::id).toList()) + ".",
                new Place.AtOption("--engine")));
    }

    /// Begins what the engine of this id needs before it can open anything. What goes wrong is told when it is asked
    /// to.
    public static void warmUp(String id) {
        try {
            load().stream().filter(e -> e.id().equals(id)).forEach(ExecutionEngine::warmUp);
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            // Opening a model will find the same, and has somebody to tell it.
        }
    }

    private static List<ExecutionEngine> load() {
        return ServiceLoader.load(ExecutionEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ExecutionEngine::id).reversed())
                .toList();
    }
}
