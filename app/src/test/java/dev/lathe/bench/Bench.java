package dev.lathe.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// What the benchmarks share: the model to measure and how figures are printed.
final class Bench {
    private Bench() {}

    /// The model given as first argument, else MiniLM from the test class path, copied to a temporary file.
    static Path model(String[] args) throws IOException {
        if (args.length > 0) {
            Path given = Path.of(args[0]);
            if (!Files.isRegularFile(given)) {
                throw new NoSuchFileException(args[0]);
            }
            return given;
        }
        Path file = Files.createTempDirectory("lathe-bench").resolve("all-minilm-l6-v2.onnx");
        try (InputStream in = Bench.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        file.toFile().deleteOnExit();
        return file;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /// Bytes of the heap in use after a collection.
    static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    static void figure(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "%-60s %10.3f %s%n", name, value, unit);
    }
}
