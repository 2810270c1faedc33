package dev.lathe.optimize;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.check.Equivalence;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.optimize.check.SampleInputs;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What each pass does to MiniLM's size, speed (one thread, sequence 128, variants in turn, medians) and
/// outputs. Run with `mvn -pl optimizers -am test-compile` and this class's main method.
final class CompressionBenchmark {
    private static final int ROUNDS = 40;

    private CompressionBenchmark() {}

    public static void main(String[] args) throws Exception {
        String[][] recipes = {
            {},
            {"simplify"},
            {"simplify", "quantize-dynamic:embeddings=false"},
            {"simplify", "quantize-dynamic"},
            {"quantize-dynamic"},
            {"simplify", "quantize-dynamic:per-column=false"},
            {"simplify", "fp16"}
        };
        JobContext job = JobContext.quiet();
        DimBindings dims = new DimBindings(Map.of("batch_size", 1L, "sequence_length", 128L));
        EquivalencePlan plan = new EquivalencePlan(4, 1, dims);
        try (Scratch scratch = Scratch.open();
                DirectRunner runner = new DirectRunner()) {
            Model model = TestModels.open(TestModels.miniLm(scratch.file("")));
            List<Path> files = new ArrayList<>();
            List<Session> sessions = new ArrayList<>();
            for (String[] recipe : recipes) {
                Path file = scratch.file("variant" + files.size() + ".onnx");
                Formats.export(TestModels.apply(model, recipe).result(), file, job);
                files.add(file);
                sessions.add(runner.open(file, Scratch.PLAIN_CPU, SessionConfig.of(1), job));
            }
            Map<String, HostTensor> inputs = SampleInputs.of(model, plan, job).at(0);
            double[][] ms = new double[recipes.length][ROUNDS];
            for (int round = -5; round < ROUNDS; round++) {
                for (int i = 0; i < recipes.length; i++) {
                    long start = System.nanoTime();
                    sessions.get(i).run(inputs);
                    ms[i][Math.max(0, round)] = (System.nanoTime() - start) / 1e6;
                }
            }
            for (int i = 0; i < recipes.length; i++) {
                Arrays.sort(ms[i]);
                List<OutputDifference> d =
                        Equivalence.compare(files.getFirst(), files.get(i), plan, Scratch.PLAIN_CPU, runner, job);
                System.out.printf(
                        "%-55s %6.1f MB  %6.2f ms  %.2fx  cosine %.4f  %.1f dB%n",
                        String.join(" ", recipes[i]),
                        Files.size(files.get(i)) / 1e6,
                        ms[i][ROUNDS / 2],
                        ms[0][ROUNDS / 2] / ms[i][ROUNDS / 2],
                        d.getFirst().cosine(),
                        d.getFirst().sqnrDb());
            }
            sessions.forEach(Session::close);
        }
    }
}
