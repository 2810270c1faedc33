package dev.lathe.optimize;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Models that tests work on: the one from Maven, and those in the folder beside the checkout, where it is.
public final class TestModels {
    private TestModels() {}

    public static Path miniLm(Path folder) throws IOException {
        Path file = folder.resolve("all-minilm-l6-v2.onnx");
        if (!Files.exists(file)) {
            try (InputStream in = TestModels.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
                Files.copy(in, file);
            }
        }
        return file;
    }

    public static Optional<Path> shared() {
        String set = System.getenv("LATHE_SHARED");
        Stream<Path> places = set != null
                ? Stream.of(Path.of(set))
                : Stream.of(Path.of("../shared"), Path.of("../../shared"), Path.of("../../../shared"));
        return places.map(p -> p.resolve("models/onnx"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    public static List<Path> sharedOnnx() throws IOException {
        Optional<Path> folder = shared();
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(f -> f.toString().endsWith(".onnx")).sorted().toList();
        }
    }

    public static Trace apply(Model model, String... steps) throws LatheException {
        Recipe recipe = Recipe.EMPTY;
        for (String s : steps) {
            recipe = recipe.then(StepText.parse(s));
        }
        return Pipeline.run(model, recipe, new DirectRunner(), JobContext.quiet());
    }

    public static Model open(Path file) throws LatheException {
        return Formats.open(file, JobContext.quiet());
    }
}
