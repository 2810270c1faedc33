package dev.lathe.bench;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.Pipeline;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.check.Equivalence;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What the passes give: size, cosine, and speed beside the original's, both sessions run in turn, medians of
/// pairs. Arguments: [MODEL [THREADS]].
public final class QuantizeBench {
    private static final int PAIRS = 150;

    private QuantizeBench() {}

    public static void main(String[] args) throws Exception {
        Path file = Bench.model(args);
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        Model model = Formats.open(file, JobContext.quiet());
        DimBindings dims = DefaultDims.choose(model);
        Analysis analysis = Analysis.of(model, dims, JobContext.quiet());
        Map<String, HostTensor> inputs = InputGenerator.generate(model, analysis, 1);
        RunTarget target =
                new RunTarget("onnxruntime", Devices.discover().getFirst().device(), threads);
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            for (String pass : new String[] {"simplify", "quantize-dynamic", "fp16"}) {
                Model changed = Pipeline.run(
                                model, Recipe.EMPTY.then(new Recipe.Step(pass, Map.of())), runner, JobContext.quiet())
                        .result();
                Path out = Files.createTempFile("lathe-bench", ".onnx");
                out.toFile().deleteOnExit();
                Formats.export(changed, out, JobContext.quiet());
                Bench.figure(pass + ": file", Files.size(out) / 1e6, "MB");
                var differences = Equivalence.compare(
                        file, out, new EquivalencePlan(4, 1, dims), target, runner, JobContext.quiet());
                for (var d : differences) {
                    Bench.figure(pass + ": cosine of " + d.name(), d.cosine(), "");
                }
                Bench.figure(pass + ": times as fast", speed(runner, target, file, out, inputs), "×");
            }
        }
    }

    private static double speed(
            WorkerRunner runner, RunTarget target, Path before, Path after, Map<String, HostTensor> inputs)
            throws Exception {
        SessionConfig config = SessionConfig.of(target.threads());
        try (Session a = runner.open(before, target, config, JobContext.quiet());
                Session b = runner.open(after, target, config, JobContext.quiet())) {
            double[] ratio = new double[PAIRS];
            for (int i = -10; i < PAIRS; i++) {
                long t0 = System.nanoTime();
                a.run(inputs);
                long t1 = System.nanoTime();
                b.run(inputs);
                long t2 = System.nanoTime();
                if (i >= 0) {
                    ratio[i] = (double) (t1 - t0) / (t2 - t1);
                }
            }
            return Bench.median(ratio);
        }
    }
}
