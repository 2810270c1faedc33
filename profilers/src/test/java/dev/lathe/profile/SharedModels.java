package dev.lathe.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Real models that a developer's machine may have beside the checkout; tests skip without them.
final class SharedModels {
    private SharedModels() {}

    static List<Path> onnx() throws IOException {
        Optional<Path> folder = Stream.of(
                        Optional.ofNullable(System.getenv("LATHE_SHARED")).map(Path::of),
                        Optional.of(Path.of("../shared")),
                        Optional.of(Path.of("../../shared")),
                        Optional.of(Path.of("../../../shared")))
                .flatMap(Optional::stream)
                .map(p -> p.resolve("models/onnx"))
                .filter(Files::isDirectory)
                .findFirst();
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(p -> p.toString().endsWith(".onnx")).sorted().toList();
        }
    }
}
