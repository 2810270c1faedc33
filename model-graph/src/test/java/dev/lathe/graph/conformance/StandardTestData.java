package dev.lathe.graph.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The models of the ONNX standard's own backend tests, as Debian's package `libonnx-testdata` installs them.
public final class StandardTestData {
    private static final Path DEBIAN = Path.of("/usr/share/libonnx-testdata/data");

    private StandardTestData() {}

    /// All models, in the order of their paths; the test is skipped where the package is not installed.
    public static List<Path> models() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(folder()),
                "the standard's test data is not on this machine (Debian: apt-get install libonnx-testdata)");
        return installed();
    }

    /// The same; none where the package is not installed.
    public static List<Path> installed() throws IOException {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.endsWith("model.onnx")).sorted().toList();
        }
    }

    /// `node/test_abs` for its model.
    public static String name(Path model) {
        return folder().relativize(model.getParent()).toString().replace('\\', '/');
    }

    private static Path folder() {
        String configured = System.getenv("LATHE_ONNX_TESTDATA");
        return configured == null ? DEBIAN : Path.of(configured);
    }
}
