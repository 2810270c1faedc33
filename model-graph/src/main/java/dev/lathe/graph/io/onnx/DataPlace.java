package dev.lathe.graph.io.onnx;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Which names beside a target are free for its data files: `<target>.data`, or where that is another model's,
/// `<target>.1.data` and so on. Only the model that is replaced gives its data files up.
final class DataPlace {
    private final Model model;
    private final Optional<Path> madeFrom;
    private final Path target;
    private final JobContext context;
    private final Set<String> given = new HashSet<>();
    private Optional<Set<Object>> needed = Optional.empty();
    private Optional<Set<Object>> givenUp = Optional.empty();

    DataPlace(Model model, Optional<Path> madeFrom, Path target, JobContext context) {
        this.model = model;
        this.madeFrom = madeFrom;
        this.target = target;
        this.context = context;
    }

    /// A name that was not given before, `<target><ending>` if possible.
    String free(String ending) {
        String name = target.getFileName() + ending;
        for (int i = 1; isGiven(name) || isTaken(target.resolveSibling(name)); i++) {
            name = target.getFileName() + "." + i + ending;
        }
        // Many file systems hold names that differ in case alone for the same.
        given.add(name.toLowerCase(Locale.ROOT));
        return name;
    }

    private boolean isGiven(String name) {
        return given.contains(name.toLowerCase(Locale.ROOT));
    }

    private boolean isTaken(Path data) {
        if (!Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Object file = key(data);
        return needed().contains(file) || !givenUp().contains(file);
    }

    /// The files that the model has its weights in, unless it replaces the one that it was made from.
    private Set<Object> needed() {
        if (needed.isEmpty()) {
            boolean replacesItself =
                    madeFrom.map(s -> key(s).equals(key(target))).orElse(false);
            needed = Optional.of(replacesItself ? Set.of() : files(model));
        }
        return needed.get();
    }

    /// The data files of the model that is replaced.
    private Set<Object> givenUp() {
        if (givenUp.isEmpty()) {
            givenUp = Optional.of(filesAtTarget());
        }
        return givenUp.get();
    }

    private Set<Object> filesAtTarget() {
        try {
            return Files.exists(target) ? files(new OnnxImporter().read(target, context)) : Set.of();
        } catch (LatheException unreadable) {
            return Set.of(); // What stands there cannot say which data is its own.
        }
    }

    private static Set<Object> files(Model model) {
        Set<Object> files = new HashSet<>();
        model.graph().forEachGraph(g -> collect(g, files));
        model.functions().forEach(f -> f.body().forEachGraph(g -> collect(g, files)));
        return files;
    }

    private static void collect(Graph graph, Set<Object> files) {
        Set<Path> paths = new HashSet<>();
        for (Tensor t : graph.initializers().values()) {
            collect(t, paths);
        }
        for (Node n : graph.nodes()) {
            for (Attrs.Entry a : n.attrs().entries()) {
                if (a.value() instanceof Attr.TensorAttr(Tensor t)) {
                    collect(t, paths);
                }
            }
        }
        paths.forEach(p -> files.add(key(p)));
    }

    private static void collect(Tensor tensor, Set<Path> paths) {
        if (tensor.data() instanceof Weights.Mapped m) {
            paths.add(m.file());
        }
    }

    /// What two paths to one file have in common, through links too.
    private static Object key(Path file) {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return Objects.requireNonNullElse(key, file.toRealPath());
        } catch (IOException gone) {
            return file.toAbsolutePath().normalize();
        }
    }
}
