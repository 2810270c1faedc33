package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files that a command is to write, by option: none of them is a model that it reads, and no two are the same.
final class OutputsApart {
    private final Map<String, Path> targets = new LinkedHashMap<>();

    OutputsApart and(String option, Optional<Path> target) {
        target.filter(t -> !t.equals(OutputFile.STANDARD_OUTPUT)).ifPresent(t -> targets.put(option, real(t)));
        return this;
    }

    /// @throws LatheException when two options name one file; devices such as /dev/null may be named twice
    OutputsApart fromEachOther() throws LatheException {
        Map<Path, String> taken = new HashMap<>();
        for (Map.Entry<String, Path> t : targets.entrySet()) {
            Optional<String> other = Optional.ofNullable(taken.put(t.getValue(), t.getKey()));
            if (other.isPresent() && (!Files.exists(t.getValue()) || Files.isRegularFile(t.getValue()))) {
                throw TargetOptions.wrong(
                        t.getKey(), "'" + t.getValue().getFileName() + "' is given for " + other.get() + " too.");
            }
        }
        return this;
    }

    /// @throws LatheException when one of them is the file of a model that is read
    OutputsApart from(Iterable<Path> models) throws LatheException {
        for (Path m : models) {
            refuse(real(m), "is the model; it would be lost.");
        }
        return this;
    }

    /// @throws LatheException when weights of the model lie in one of them
    void fromWeightsOf(Path file, Model model) throws LatheException {
        Set<Path> data = new LinkedHashSet<>();
        model.graph().forEachGraph(g -> collect(g, data));
        data.remove(real(file));
        for (Path d : data) {
            refuse(d, "holds weights of the model; they would be lost.");
        }
    }

    private void refuse(Path read, String why) throws LatheException {
        for (Map.Entry<String, Path> t : targets.entrySet()) {
            if (t.getValue().equals(read)) {
                throw TargetOptions.wrong(t.getKey(), "'" + t.getValue().getFileName() + "' " + why);
            }
        }
    }

    private static void collect(Graph graph, Set<Path> files) {
        for (Tensor t : graph.initializers().values()) {
            if (t.data() instanceof Weights.Mapped m) {
                files.add(real(m.file()));
            }
        }
    }

    private static Path real(Path p) {
        try {
            return p.toRealPath();
        } catch (IOException e) {
            return p.toAbsolutePath().normalize();
        }
    }
}
