package dev.lathe.profile.worker;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.energy.EnergyMeter;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.wire.Loop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What measuring does to what it measures: the runs that a worker's loop times, with live profiling at ten a second
/// and its reports, beside a loop of nothing but runs, of the same session, in turn. Of one session, because where
/// a process finds its memory alone makes the same model up to a fifth slower in one process than in the next.
/// Arguments: FOLDER [THREADS].
public final class LoopBench {
    private static final int ROUNDS = 15;
    private static final double BLOCK_MS = 300;
    private static final int LEAST_RUNS = 7;
    private static final int MOST_RUNS = 3000;

    private LoopBench() {}

    public static void main(String[] args) throws Exception {
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(args[0]))) {
            files = all.filter(f -> f.toString().endsWith(".onnx")).sorted().toList();
        }
        System.out.printf("%-44s %9s %9s %8s %15s%n", "model", "plain ms", "timed ms", "ratio", "middle half");
        List<Double> ratios = new ArrayList<>();
        for (Path file : files) {
            try {
                ratios.add(measure(file, threads));
            } catch (LatheException e) {
                System.out.printf("%-44s does not run%n", file.getFileName());
            }
        }
        Collections.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%d models: ratios %.3f to %.3f, median %.3f; within 3 %%: %d%n",
                ratios.size(),
                ratios.getFirst(),
                ratios.getLast(),
                ratios.get(ratios.size() / 2),
                ratios.stream().filter(r -> Math.abs(r - 1) <= 0.03).count());
        System.exit(0);
    }

    private static double measure(Path file, int threads) throws LatheException, IOException {
        Model model = Formats.open(file, JobContext.quiet());
        DimBindings dims = DefaultDims.choose(model);
        Map<String, HostTensor> inputs =
                InputGenerator.generate(model, Analysis.of(model, dims, JobContext.quiet()), 1);
        SessionConfig config = new SessionConfig(
                threads, SessionConfig.Level.ALL, Optional.empty(), true, Map.of(SessionConfig.SPINNING, "1"));
        try (Session session = EngineCatalog.engine(EngineCatalog.DEFAULT).open(file, config)) {
            double once = median(plain(session, inputs, LEAST_RUNS));
            int runs = (int) Math.clamp(BLOCK_MS / once, LEAST_RUNS, MOST_RUNS);
            timed(session, inputs, runs);
            plain(session, inputs, runs);
            double[] plain = new double[ROUNDS];
            double[] timed = new double[ROUNDS];
            double[] ratio = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                plain[i] = median(plain(session, inputs, runs));
                timed[i] = median(timed(session, inputs, runs));
                ratio[i] = timed[i] / ((plain[i] + median(plain(session, inputs, runs))) / 2);
            }
            double r = median(ratio);
            System.out.printf(
                    Locale.ROOT,
                    "%-44s %9.3f %9.3f %8.3f %7.3f %7.3f%n",
                    file.getFileName(),
                    median(plain),
                    median(timed),
                    r,
                    ratio[ROUNDS / 4],
                    ratio[ROUNDS - 1 - ROUNDS / 4]);
            return r;
        }
    }

    private static double[] plain(Session session, Map<String, HostTensor> inputs, int runs) throws LatheException {
        double[] ms = new double[runs];
        for (int i = 0; i < runs; i++) {
            long before = System.nanoTime();
            session.runOnly(inputs);
            ms[i] = (System.nanoTime() - before) / 1e6;
        }
        return ms;
    }

    private static double[] timed(Session session, Map<String, HostTensor> inputs, int runs)
            throws LatheException, IOException {
        Loop plan = Loop.newBuilder()
                .setWarmup(1)
                .setRuns(runs)
                .setProfiledPerSecond(10)
                .build();
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        new RunLoop(session, inputs, plan, () -> false, EnergyMeter::none).run(p -> nanos.addAll(p.getRunNanosList()));
        return nanos.stream().mapToDouble(n -> n / 1e6).toArray();
    }

    /// Sorts what it is given.
    private static double median(double[] values) {
        Arrays.sort(values);
        int n = values.length;
        return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
    }
}
