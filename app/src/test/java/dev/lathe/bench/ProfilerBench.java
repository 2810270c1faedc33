package dev.lathe.bench;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import java.nio.file.Path;
import java.util.Map;

/// How honest a measurement is: Lathe's latency beside a plain ONNX Runtime loop on the same inputs (run in
/// turn, medians), what live profiling costs, and whether the layers sum to the total. Arguments: [MODEL
/// [THREADS]].
public final class ProfilerBench {
    private static final int ROUNDS = 5;
    private static final int RUNS = 100;

    private ProfilerBench() {}

    public static void main(String[] args) throws Exception {
        Path file = Bench.model(args);
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        Model model = Formats.open(file, JobContext.quiet());
        DimBindings dims = DefaultDims.choose(model);
        Analysis analysis = Analysis.of(model, dims, JobContext.quiet());
        Map<String, HostTensor> inputs = InputGenerator.generate(model, analysis, 1);
        var device = Devices.discover().getFirst().device();
        double[] plain = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        double[] quiet = new double[ROUNDS];
        double[] overhead = new double[ROUNDS];
        double[] sum = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            try (PlainLoop loop = new PlainLoop(file, inputs, threads)) {
                plain[round] = loop.median(RUNS);
            }
            ProfileRun run = profile(model, device, threads, dims, 10);
            ours[round] = run.latency().p50().toNanos() / 1e6;
            overhead[round] = run.profilerOverheadPercent().orElse(0);
            sum[round] = 100.0 * run.layerSum().toNanos() / run.latency().p50().toNanos();
            quiet[round] =
                    profile(model, device, threads, dims, 0).latency().p50().toNanos() / 1e6;
        }
        Bench.figure("plain ONNX Runtime loop, p50", Bench.median(plain), "ms");
        Bench.figure("lathe run, p50 of the runs that are not profiled", Bench.median(ours), "ms");
        Bench.figure("lathe run without live profiling, p50", Bench.median(quiet), "ms");
        Bench.figure("lathe : plain", Bench.median(ratios(ours, plain)), "");
        Bench.figure("live profiling costs, by the profiler's own account", Bench.median(overhead), "%");
        Bench.figure("median latency with : without live profiling", Bench.median(ratios(ours, quiet)), "");
        Bench.figure("layers sum to", Bench.median(sum), "% of the p50");
    }

    private static double[] ratios(double[] a, double[] b) {
        double[] r = new double[a.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = a[i] / b[i];
        }
        return r;
    }

    private static ProfileRun profile(
            Model model, dev.lathe.graph.target.Device device, int threads, DimBindings dims, double rate)
            throws Exception {
        ProfilePlan plan = new ProfilePlan(
                        new RunTarget("onnxruntime", device, threads), SessionConfig.USUAL, 10, RUNS, 1, dims, rate)
                .withOptions(Map.of(SessionConfig.SPINNING, "1"));
        return new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan, s -> {}, JobContext.quiet());
    }
}
