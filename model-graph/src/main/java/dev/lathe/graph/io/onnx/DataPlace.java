package dev.lathe.graph.io.onnx;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/// Which file beside a target holds its external tensors: `<target>.data`, or where that is another model's,
/// `<target>.1.data` and so on. Only the model that is replaced gives its data file up.
final class DataPlace {
    private DataPlace() {}

    static String name(Model model, Path target, JobContext context) {
        String name = target.getFileName() + ".data";
        for (int i = 1; isTaken(model, target, target.resolveSibling(name), context); i++) {
            name = target.getFileName() + "." + i + ".data";
        }
        return name;
    }

    private static boolean isTaken(Model model, Path target, Path data, JobContext context) {
        if (!Files.exists(data)) {
            return false;
        }
        boolean replacesItself = model.source().map(s -> same(s, target)).orElse(false);
        if (!replacesItself && lieIn(files(model), data)) {
            return true;
        }
        try {
            return !Files.exists(target) || !lieIn(files(new OnnxImporter().read(target, context)), data);
        } catch (LatheException unreadable) {
            return true; // What stands there cannot say that the data is its own.
        }
    }

    private static boolean lieIn(Set<Path> files, Path data) {
        return files.stream().anyMatch(f -> same(f, data));
    }

    private static Set<Path> files(Model model) {
        Set<Path> files = new LinkedHashSet<>();
        model.graph().forEachGraph(g -> collect(g, files));
        model.functions().forEach(f -> f.body().forEachGraph(g -> collect(g, files)));
        return files;
    }

    private static void collect(Graph graph, Set<Path> files) {
        for (Tensor t : graph.initializers().values()) {
            if (t.data() instanceof Weights.Mapped m) {
                files.add(m.file());
            }
        }
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException gone) {
            return false;
        }
    }
}
