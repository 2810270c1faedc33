package dev.lathe.app.project;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/// What was written for an exported model: whoever takes the model file away must take its data files along.
final class ExportedFiles {
    private ExportedFiles() {}

    /// @param written as read from `file`
    static String words(Path file, Model written) {
        Path own = file.toAbsolutePath().normalize();
        Set<Path> data = new LinkedHashSet<>();
        written.graph().forEachGraph(g -> collect(g, data));
        data.remove(own);
        return switch (data.size()) {
            case 0 -> own.toString();
            case 1 -> own + ", which needs " + data.iterator().next().getFileName() + " beside it";
            default -> own + ", which needs " + data.size() + " data files beside it";
        };
    }

    private static void collect(Graph graph, Set<Path> files) {
        for (Tensor t : graph.initializers().values()) {
            if (t.data() instanceof Weights.Mapped m) {
                files.add(m.file().toAbsolutePath().normalize());
            }
        }
    }
}
