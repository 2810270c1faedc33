package dev.lathe.graph.io;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.text.GraphText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The small models that tests use, kept as text; and the folder of real models where this machine has it.
public final class Samples {
    public static final List<String> NAMES = List.of("perceptron", "branches", "kinds", "functions");

    private Samples() {}

    public static String text(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("samples/" + name + ".graph")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Model model(String name) throws LatheException {
        return GraphText.parse(text(name));
    }

    /// Real ONNX models; the test is skipped where there are none.
    public static List<Path> shared() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(folder()), "real models are not on this machine (" + folder() + " does not exist)");
        return sharedIfThere();
    }

    /// The same; none where there are none.
    public static List<Path> sharedIfThere() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(f -> f.toString().endsWith(".onnx")).sorted().toList();
        }
    }

    private static Path folder() {
        String configured = System.getenv("LATHE_SHARED");
        Path shared = configured == null
                ? Path.of("").toAbsolutePath().resolve("../../shared").normalize()
                : Path.of(configured);
        return shared.resolve("models/onnx");
    }
}
