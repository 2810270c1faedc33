package dev.lathe.bench;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Every model of a folder that runs: the latency that Lathe reports, with live profiling, beside a plain ONNX Runtime
/// loop on the same inputs (in turn, each in a process of its own, five times, the median of the ratios), and how much
/// of the kernels' time layers
/// stand behind. Arguments: FOLDER [THREADS].
public final class CorpusBench {
    private static final int ROUNDS = 5;
    private static final double ROUND_MS = 600;

    private CorpusBench() {}

    public static void main(String[] args) throws Exception {
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(args[0]))) {
            files = all.filter(f -> f.toString().endsWith(".onnx")).sorted().toList();
        }
        Device device = Devices.discover().getFirst().device();
        System.out.printf(
                "%-44s %9s %9s %7s %7s %9s %8s%n",
                "model", "plain ms", "Lathe ms", "ratio", "± plain", "attrib. %", "profiler");
        List<Double> all = new ArrayList<>();
        for (Path file : files) {
            try {
                all.add(measure(file, device, threads));
            } catch (LatheException | IOException | IllegalArgumentException e) {
                System.out.printf("%-44s does not run: %s%n", name(file), firstLine(e));
            }
        }
        double[] ratios = all.stream().mapToDouble(d -> d).toArray();
        System.out.printf(
                Locale.ROOT,
                "%d models: median of the ratios %.3f; within 3 %%: %d, within 5 %%: %d%n",
                ratios.length,
                Bench.median(ratios),
                all.stream().filter(r -> Math.abs(r - 1) <= 0.03).count(),
                all.stream().filter(r -> Math.abs(r - 1) <= 0.05).count());
        System.exit(0);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String firstLine(Exception e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return line.substring(0, Math.min(110, line.length()));
    }

    private static double measure(Path file, Device device, int threads) throws Exception {
        Model model = Formats.open(file, JobContext.quiet());
        DimBindings dims = DefaultDims.choose(model);
        double[] plain = new double[ROUNDS + 1];
        double[] ours = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        double[] overhead = new double[ROUNDS];
        double attributed = 1;
        PlainProcess.Found before = PlainProcess.run(file, threads, ROUND_MS);
        plain[0] = before.medianMs();
        for (int i = 0; i < ROUNDS; i++) {
            ProfileRun run = profile(model, device, threads, dims, before.runs());
            before = PlainProcess.run(file, threads, ROUND_MS);
            plain[i + 1] = before.medianMs();
            ours[i] = run.latency().p50().toNanos() / 1e6;
            // The plain loop before and the one after: a machine drifts.
            ratio[i] = ours[i] / ((plain[i] + plain[i + 1]) / 2);
            overhead[i] = run.profilerOverheadPercent().orElse(0);
            attributed = Math.min(attributed, attributed(run));
        }
        double r = Bench.median(ratio);
        System.out.printf(
                Locale.ROOT,
                "%-44s %9.3f %9.3f %7.3f %7.3f %9.2f %7.1f%%%n",
                name(file),
                Bench.median(plain),
                Bench.median(ours),
                r,
                spread(plain),
                100 * attributed,
                Bench.median(overhead));
        return r;
    }

    /// How far plain loops differ from each other: half of the range in which the middle of them lies, by their median.
    private static double spread(double[] plain) {
        double[] sorted = plain.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[n - 1 - n / 4] - sorted[n / 4]) / 2 / Bench.median(plain);
    }

    private static ProfileRun profile(Model model, Device device, int threads, DimBindings dims, int runs)
            throws Exception {
        ProfilePlan plan = new ProfilePlan(
                        new RunTarget("onnxruntime", device, threads), SessionConfig.USUAL, 10, runs, 1, dims, 10)
                .withOptions(Map.of(SessionConfig.SPINNING, "1"));
        return new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan, s -> {}, JobContext.quiet());
    }

    /// Of the time of all kernels of the quickest profiled run, the part that a layer stands behind.
    private static double attributed(ProfileRun run) {
        Set<String> known = new HashSet<>();
        for (OpStats s : run.layers().values()) {
            known.addAll(s.kernels());
        }
        double all = 0;
        double ofLayers = 0;
        for (KernelEvent k : run.trace()) {
            all += k.duration().toNanos();
            ofLayers += known.contains(k.node()) ? k.duration().toNanos() : 0;
        }
        return all == 0 ? 0 : ofLayers / all;
    }
}
