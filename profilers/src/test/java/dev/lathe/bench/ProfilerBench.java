package dev.lathe.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import dev.lathe.profile.worker.WorkerRunner;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// How honest and how fast the profiler is: its latency against a plain loop around the runtime in a process of its
/// own, what live profiling costs, and how long a worker needs until a model is open. Everything is measured in turns,
/// since a machine drifts; figures are tenth percentiles.
///
/// `java --enable-native-access=ALL-UNNAMED -cp CLASSPATH dev.lathe.bench.ProfilerBench MODEL [ROUNDS]`
public final class ProfilerBench {
    private static final int WARMUP = 15;
    private static final int RUNS = 100;

    private ProfilerBench() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("loop")) {
            loop(Path.of(args[1]), Integer.parseInt(args[2]));
            return;
        }
        Path file = Path.of(args[0]);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        for (int threads : new int[] {1, 2}) {
            compare(file, threads, rounds);
        }
        start(file, 2 * rounds);
    }

    private static void compare(Path file, int threads, int rounds) throws Exception {
        List<Double> c1 = new ArrayList<>();
        List<Double> c2 = new ArrayList<>();
        List<Double> unprofiled = new ArrayList<>();
        List<Double> profiled = new ArrayList<>();
        List<Double> extra = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            c1.add(plain(file, threads, "-XX:TieredStopAtLevel=1"));
            unprofiled.add(quick(profile(file, threads, 0)));
            ProfileRun run = profile(file, threads, 10);
            profiled.add(quick(run));
            extra.add(run.profilerOverheadPercent().orElse(0));
            c2.add(plain(file, threads, "-XX:+TieredCompilation"));
        }
        double plain = median(c1);
        System.out.printf(
                Locale.ROOT,
                "%d threads: plain loop C1 %.2f ms, all compilers %.2f ms; worker %.2f ms (%+.1f %%), with live profiling"
                        + " %.2f ms (%+.1f %% of the worker's), profiled runs take %.1f %% more time%n",
                threads,
                plain,
                median(c2),
                median(unprofiled),
                100 * (median(unprofiled) / plain - 1),
                median(profiled),
                100 * (median(profiled) / median(unprofiled) - 1),
                median(extra));
    }

    private static ProfileRun profile(Path file, int threads, double perSecond) throws Exception {
        Model model = Formats.open(file, JobContext.quiet());
        ProfilePlan plan = new ProfilePlan(
                target(threads), SessionConfig.USUAL, WARMUP, RUNS, 1, DefaultDims.choose(model), perSecond);
        return new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan, s -> {}, JobContext.quiet());
    }

    /// The run that a tenth of the runs do not exceed, in ms: a busy machine moves the median.
    private static double quick(ProfileRun run) {
        return run.runTimes().stream()
                .mapToDouble(d -> d.toNanos() / 1e6)
                .sorted()
                .skip(RUNS / 10)
                .findFirst()
                .orElseThrow();
    }

    private static RunTarget target(int threads) {
        Device cpu = new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());
        return new RunTarget("onnxruntime", cpu, threads);
    }

    /// The same of a loop in a fresh process.
    private static double plain(Path file, int threads, String option) throws Exception {
        Process process = new ProcessBuilder(
                        WorkerLaunch.ofThisProcess().java().toString(),
                        "-XX:+UseSerialGC",
                        option,
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProfilerBench.class.getName(),
                        "loop",
                        file.toString(),
                        Integer.toString(threads))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String last = out.lines().reduce("", (a, b) -> b);
            return Double.parseDouble(last);
        }
    }

    private static void loop(Path file, int threads) throws Exception {
        Model model = Formats.open(file, JobContext.quiet());
        DimBindings dims = DefaultDims.choose(model);
        Map<String, HostTensor> inputs =
                InputGenerator.generate(model, Analysis.of(model, dims, JobContext.quiet()), 1);
        OrtEnvironment env = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            try (OrtSession session = env.createSession(file.toString(), options)) {
                Map<String, OnnxTensor> fed = new LinkedHashMap<>();
                for (Map.Entry<String, HostTensor> e : inputs.entrySet()) {
                    fed.put(e.getKey(), longs(env, e.getValue()));
                }
                long[] nanos = new long[RUNS];
                for (int i = -WARMUP; i < RUNS; i++) {
                    long before = System.nanoTime();
                    session.run(fed).close();
                    if (i >= 0) {
                        nanos[i] = System.nanoTime() - before;
                    }
                }
                Arrays.sort(nanos);
                System.out.println(nanos[RUNS / 10] / 1e6);
            }
        }
    }

    private static OnnxTensor longs(OrtEnvironment env, HostTensor t) throws OrtException {
        return OnnxTensor.createTensor(
                env,
                t.bytes().asByteBuffer().order(ByteOrder.nativeOrder()).asLongBuffer(),
                t.dims().stream().mapToLong(Long::longValue).toArray());
    }

    private static void start(Path file, int rounds) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long before = System.nanoTime();
            try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                    Session session = runner.open(file, target(1), SessionConfig.of(1), JobContext.quiet())) {
                millis.add((System.nanoTime() - before) / 1e6);
                if (session.inputs().isEmpty()) {
                    throw new IllegalStateException("no inputs");
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "worker start to session ready: median %.0f ms, least %.0f ms%n",
                median(millis),
                millis.stream().mapToDouble(d -> d).min().orElse(0));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
