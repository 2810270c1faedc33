package dev.lathe.report;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/// How many bytes a model takes on disk: its file and the data files beside it that its tensors lie in.
public final class ModelBytes {
    private ModelBytes() {}

    /// @param model as read from `file`
    public static long of(Path file, Model model) {
        return files(file, model).stream().mapToLong(ModelBytes::size).sum();
    }

    /// Those files, the model's own first, each by its [#place].
    ///
    /// @param model as read from `file`
    public static Set<Path> files(Path file, Model model) {
        Set<Path> files = new LinkedHashSet<>();
        files.add(place(file));
        model.graph().forEachGraph(g -> collect(g, files));
        return files;
    }

    /// One path for each file, however it is named.
    public static Path place(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private static void collect(Graph graph, Set<Path> files) {
        for (Tensor t : graph.initializers().values()) {
            if (t.data() instanceof Weights.Mapped m) {
                files.add(place(m.file()));
            }
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
