package dev.lathe.bench;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.InputGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A plain loop in a process of its own, as Lathe's measurements are: where a process finds its memory alone makes one
/// run of it up to a tenth slower than the next, so a loop that stays in one process compares with the luck of that.
public final class PlainProcess {
    private static final int LEAST_RUNS = 20;
    private static final int MOST_RUNS = 2000;

    private PlainProcess() {}

    /// What a loop found.
    record Found(double medianMs, int runs) {}

    /// Runs the model for about so long on the inputs that Lathe would give it, and as often as that takes.
    static Found run(Path file, int threads, double ms) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainProcess.class.getName(),
                        file.toString(),
                        Integer.toString(threads),
                        Double.toString(ms)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("a plain loop does not run it");
        }
        String[] words = out.strip().split(" ");
        return new Found(Double.parseDouble(words[0]), Integer.parseInt(words[1]));
    }

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        Model model = Formats.open(file, JobContext.quiet());
        DimBindings dims = DefaultDims.choose(model);
        var inputs = InputGenerator.generate(model, Analysis.of(model, dims, JobContext.quiet()), 1);
        try (PlainLoop loop = new PlainLoop(file, inputs, Integer.parseInt(args[1]))) {
            int runs = (int) Math.clamp(Double.parseDouble(args[2]) / loop.median(LEAST_RUNS), LEAST_RUNS, MOST_RUNS);
            System.out.printf(Locale.ROOT, "%f %d%n", loop.median(runs), runs);
        }
        System.exit(0);
    }
}
