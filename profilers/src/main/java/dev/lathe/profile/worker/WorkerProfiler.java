package dev.lathe.profile.worker;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.SessionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Profiles a model in a worker: opens it there, lets the loop run there, and turns what comes back into
/// times per layer.
public final class WorkerProfiler implements Profiler {
    private final WorkerLaunch launch;

    public WorkerProfiler(WorkerLaunch launch) {
        this.launch = launch;
    }

    @Override
    public ProfileRun profile(Model model, ProfilePlan plan, Consumer<LiveSample> live, JobContext context)
            throws LatheException {
        Instant when = Instant.now();
        Analysis analysis = Analysis.of(model, plan.dims(), context);
        Map<String, HostTensor> inputs = InputGenerator.generate(model, analysis, plan.seed());
        Path work = temporaryFolder();
        try (WorkerRunner runner = new WorkerRunner(launch)) {
            Path file = RunnableFile.of(model, work, context);
            Path optimized = work.resolve("optimized.onnx");
            SessionConfig config =
                    new SessionConfig(plan.target().threads(), plan.level(), Optional.of(optimized), true, Map.of());
            try (RemoteSession session = runner.openRemote(file, plan.target(), config, context)) {
                Measuring measuring = new Measuring(
                        analysis,
                        plan,
                        Kernels.map(analysis, optimized, session.traces(), context),
                        session.pid(),
                        live);
                context.progress(plan.runs() == 0 ? -1 : 0, "warming up");
                try {
                    session.loop(
                            inputs,
                            plan.warmup(),
                            plan.runs(),
                            plan.profiledRunsPerSecond(),
                            p -> {
                                measuring.add(p);
                                context.progress(
                                        plan.runs() == 0 ? -1 : (double) measuring.runs() / plan.runs(),
                                        "run " + measuring.runs() + (plan.runs() == 0 ? "" : " of " + plan.runs()));
                            },
                            context);
                } catch (JobCancelledException e) {
                    // An open-ended run ends by being cancelled: then what was measured is its result.
                    if (plan.runs() != 0 || measuring.runs() == 0) {
                        throw e;
                    }
                }
                if (context.cancelled() && (plan.runs() != 0 || measuring.runs() == 0)) {
                    throw new JobCancelledException();
                }
                return measuring.result(when);
            }
        } finally {
            remove(work);
        }
    }

    private static Path temporaryFolder() throws LatheException {
        try {
            return Files.createTempDirectory("lathe-p");
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            "cannot-write",
                            "No temporary folder can be made: " + e.getMessage() + ".",
                            Place.nowhere()),
                    e);
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path p : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
