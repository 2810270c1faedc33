package dev.lathe.bench;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long a measurement takes to begin: until its worker process answers, until the model is open in it, and until
/// the first latency is told. Medians of nine, after one that is not counted. Arguments: [MODEL].
public final class StartBench {
    private static final int ROUNDS = 9;

    private StartBench() {}

    public static void main(String[] args) throws Exception {
        Path file = Bench.model(args);
        Model model = Formats.open(file, JobContext.quiet());
        RunTarget target =
                new RunTarget("onnxruntime", Devices.discover().getFirst().device(), 1);
        ProfilePlan plan = new ProfilePlan(target, SessionConfig.USUAL, 2, 10, 1, DefaultDims.choose(model), 2);
        double[] up = new double[ROUNDS];
        double[] first = new double[ROUNDS];
        Steps last = new Steps();
        for (int i = -1; i < ROUNDS; i++) {
            Steps steps = new Steps();
            new WorkerProfiler(WorkerLaunch.ofThisProcess())
                    .profile(
                            model,
                            plan,
                            s -> {
                                if (s.soFar().runs() > 0) {
                                    steps.mark("first");
                                }
                            },
                            steps);
            last = steps;
            if (i >= 0) {
                up[i] = steps.at("opening the model");
                first[i] = steps.at("first");
            }
        }
        Bench.figure("worker up", Bench.median(up), "ms");
        Bench.figure("first latency told after", Bench.median(first), "ms");
        last.marks.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(e -> Bench.figure("  of the last: " + e.getKey(), e.getValue(), "ms"));
        System.exit(0);
    }

    /// Notes when each step began, in ms.
    private static final class Steps implements JobContext {
        private final long began = System.nanoTime();
        private final Map<String, Double> marks = new ConcurrentHashMap<>();

        void mark(String step) {
            marks.putIfAbsent(step, (System.nanoTime() - began) / 1e6);
        }

        double at(String step) {
            return marks.getOrDefault(step, Double.NaN);
        }

        @Override
        public void progress(double fraction, String step) {
            mark(step);
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
