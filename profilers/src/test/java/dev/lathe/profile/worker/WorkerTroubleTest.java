package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers that hang, crash at the wrong moment or print nonsense, owners that change their mind: afterwards
/// there is no process, no folder and no thread left.
class WorkerTroubleTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());
    private static final RunTarget TARGET = new RunTarget("onnxruntime", CPU, 1);

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsLeft() {
        await("processes", () -> workers().isEmpty());
        await("folders", () -> folders().isEmpty());
        await("threads", () -> threads().isEmpty());
    }

    private static void await(String what, BooleanSupplier gone) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!gone.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(what + " left: " + workers() + " " + folders() + " " + threads())
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static List<ProcessHandle> workers() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    private static List<Path> folders() {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(p -> p.getFileName().toString().startsWith(WorkerFolder.prefix()))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(n -> n.startsWith("lathe-worker"))
                .toList();
    }

    private Model small() throws LatheException {
        Path file = folder.resolve("small.onnx");
        Formats.export(GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[64, 64]) -> (y: float32[64, 64]) {
                  h = MatMul(x, x) as square
                  y = Tanh(h) as bend
                }
                """), file, JobContext.quiet());
        return Formats.open(file, JobContext.quiet());
    }

    private static ProfilePlan plan(int runs) {
        return new ProfilePlan(TARGET, SessionConfig.Level.EXTENDED, 1, runs, 1, DimBindings.NONE, 10);
    }

    /// Tells each step to `atStep`, and is cancelled when that says so.
    private static JobContext watched(java.util.function.Predicate<String> atStep) {
        AtomicBoolean cancelled = new AtomicBoolean();
        return new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                if (atStep.test(step)) {
                    cancelled.set(true);
                }
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
    }

    private static void signal(String name) {
        for (ProcessHandle worker : workers()) {
            try {
                new ProcessBuilder("kill", "-" + name, Long.toString(worker.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void assumeSignals() {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")) || Files.isExecutable(Path.of("/usr/bin/kill")), "no kill");
    }

    @Test
    void aWorkerThatHangsIsKilledWhenTheRunIsCancelled() throws Exception {
        assumeSignals();
        Model model = small();
        AtomicBoolean stopped = new AtomicBoolean();
        long[] asked = {0};
        JobContext job = watched(step -> {
            if (step.startsWith("running") && stopped.compareAndSet(false, true)) {
                signal("STOP");
                asked[0] = System.nanoTime();
                return true;
            }
            return false;
        });
        ProfileRun run = new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan(0), s -> {}, job);
        long millis = (System.nanoTime() - asked[0]) / 1_000_000;
        assertThat(run.latency().runs()).isPositive();
        // 100 ms on a quiet machine; a hang would be for ever.
        assertThat(millis).isLessThan(5000);
    }

    @Test
    void aWorkerThatSomebodyStoppedIsNamedAndWhatItMeasuredIsKept() throws Exception {
        assumeSignals();
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "this system does not tell");
        Model model = small();
        AtomicBoolean stopped = new AtomicBoolean();
        List<String> told = new CopyOnWriteArrayList<>();
        List<LiveSample> samples = new CopyOnWriteArrayList<>();
        JobContext job = watched(step -> {
            told.add(step);
            if (step.startsWith("running") && stopped.compareAndSet(false, true)) {
                signal("STOP");
            }
            return false;
        });
        WorkerProfiler profiler = new WorkerProfiler(WorkerLaunch.ofThisProcess());
        LatheException e =
                catchThrowableOfType(LatheException.class, () -> profiler.profile(model, plan(0), samples::add, job));
        assertThat(e.diagnostic().code()).isEqualTo("worker-died");
        assertThat(e.diagnostic().message()).contains("was stopped (SIGSTOP");
        assertThat(told).anyMatch(s -> s.contains("is stopped: waiting for it to go on"));
        assertThat(samples.getLast().soFar().runs()).isPositive();
        assertThat(profiler.profile(model, plan(3), s -> {}, JobContext.quiet())
                        .latency()
                        .runs())
                .isEqualTo(3);
    }

    @Test
    void aWorkerThatGoesOnAfterAMomentLosesNothing() throws Exception {
        assumeSignals();
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "this system does not tell");
        Model model = small();
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicBoolean wentOn = new AtomicBoolean();
        JobContext job = watched(step -> {
            if (step.startsWith("running") && stopped.compareAndSet(false, true)) {
                signal("STOP");
            }
            if (step.contains("is stopped") && wentOn.compareAndSet(false, true)) {
                signal("CONT");
                return false;
            }
            return wentOn.get() && step.startsWith("running");
        });
        ProfileRun run = new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan(0), s -> {}, job);
        assertThat(wentOn).isTrue();
        assertThat(run.latency().runs()).isPositive();
    }

    @Test
    void aCrashInNativeCodeIsNamedAndTheNextRunWorks() throws Exception {
        assumeSignals();
        Model model = small();
        AtomicBoolean crashed = new AtomicBoolean();
        JobContext job = watched(step -> {
            if (step.startsWith("running") && crashed.compareAndSet(false, true)) {
                signal("ABRT");
            }
            return false;
        });
        WorkerProfiler profiler = new WorkerProfiler(WorkerLaunch.ofThisProcess());
        LatheException e =
                catchThrowableOfType(LatheException.class, () -> profiler.profile(model, plan(0), s -> {}, job));
        assertThat(e.diagnostic().code()).isEqualTo("worker-died");
        assertThat(e.diagnostic().message()).contains("native code (SIGABRT)");
        assertThat(profiler.profile(model, plan(3), s -> {}, JobContext.quiet())
                        .latency()
                        .runs())
                .isEqualTo(3);
    }

    /// What a JVM writes of its crash is read, and goes with the worker's folder instead of staying in the user's.
    @Test
    void aCrashSaysItsSignalAndLeavesNoReportBehind() throws Exception {
        assumeSignals();
        AtomicBoolean crashed = new AtomicBoolean();
        JobContext job = watched(step -> {
            if (step.startsWith("running") && crashed.compareAndSet(false, true)) {
                signal("SEGV");
            }
            return false;
        });
        Model model = small();
        LatheException e = catchThrowableOfType(
                LatheException.class,
                () -> new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan(0), s -> {}, job));
        assertThat(e.diagnostic().message())
                .contains("crashed in native code (SIGSEGV")
                .doesNotContain("core dump");
        try (Stream<Path> files = Files.list(Path.of(""))) {
            assertThat(files.map(Path::toString)).noneMatch(f -> f.startsWith("hs_err"));
        }
    }

    @Test
    void aWorkerThatHangsIsEndedByClosingItsSession() throws Exception {
        assumeSignals();
        small();
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            var session =
                    runner.openRemote(folder.resolve("small.onnx"), TARGET, SessionConfig.of(1), JobContext.quiet());
            signal("STOP");
            session.close();
            assertThat(workers()).isEmpty();
        }
    }

    @Test
    void aCrashAtOpeningIsToldInOneSentence() throws Exception {
        Model model = small();
        JobContext job = watched(step -> {
            if (step.equals("opening the model")) {
                workers().forEach(ProcessHandle::destroyForcibly);
            }
            return false;
        });
        LatheException e = catchThrowableOfType(
                LatheException.class,
                () -> new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan(5), s -> {}, job));
        assertThat(e.diagnostic().code()).isEqualTo("worker-died");
        assertThat(e.diagnostic().message()).contains("SIGKILL").doesNotContain("\n");
    }

    @Test
    void aProgramThatIsNoWorkerSaysHowItEndedAndItsLastWords() throws Exception {
        Path script = script("echo the licence has expired\nexit 3\n");
        WorkerLaunch launch = new WorkerLaunch(script, "", List.of());
        small();
        try (WorkerRunner runner = new WorkerRunner(launch)) {
            LatheException e = catchThrowableOfType(
                    LatheException.class,
                    () -> runner.open(folder.resolve("small.onnx"), TARGET, SessionConfig.of(1), JobContext.quiet()));
            assertThat(e.diagnostic().message()).contains("exit code 3", "the licence has expired");
        }
    }

    @Test
    void whatAWorkerPrintsDisturbsNothing() throws Exception {
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        // More than a pipe holds, on both channels, before the worker's own first word.
        Path script =
                script("head -c 300000 /dev/urandom\nhead -c 300000 /dev/zero >&2\nexec " + plain.java() + " \"$@\"\n");
        WorkerLaunch noisy = new WorkerLaunch(script, plain.classPath(), plain.options());
        assertThat(new WorkerProfiler(noisy)
                        .profile(small(), plan(10), s -> {}, JobContext.quiet())
                        .latency()
                        .runs())
                .isEqualTo(10);
    }

    private Path script(String body) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
        Path script = Files.writeString(folder.resolve("worker.sh"), "#!/bin/sh\n" + body);
        assumeTrue(script.toFile().setExecutable(true), "no executable files here");
        return script;
    }

    @Test
    void openingALargeModelCanBeCancelled() throws Exception {
        Path file = folder.resolve("minilm.onnx");
        try (InputStream in = WorkerTroubleTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        JobContext job = watched(step -> step.equals("opening the model"));
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            assertThat(catchThrowableOfType(
                            JobCancelledException.class, () -> runner.open(file, TARGET, SessionConfig.of(1), job)))
                    .isNotNull();
        }
    }

    @Test
    void cancelsAtAnyMomentLeaveNothing() throws Exception {
        Model model = small();
        Random random = new Random(4);
        int rounds = Integer.getInteger("lathe.conformance", 16) == 1 ? 1000 : 12;
        int cancelled = 0;
        long files = 0;
        for (int i = 0; i < rounds; i++) {
            AtomicInteger left = new AtomicInteger(random.nextInt(60));
            JobContext job = new JobContext() {
                @Override
                public void progress(double fraction, String step) {
                    left.decrementAndGet();
                }

                @Override
                public boolean cancelled() {
                    return left.decrementAndGet() < 0;
                }
            };
            try {
                new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan(0), s -> {}, job);
            } catch (JobCancelledException e) {
                cancelled++;
            }
            await("processes", () -> workers().isEmpty());
            if (i == rounds / 2) {
                // The first rounds open what the program keeps: jars, the natives' folder.
                files = openFiles();
            }
        }
        assertThat(cancelled).isPositive();
        long middle = files;
        await("connections", () -> openFiles() <= middle);
    }

    /// Of this process; 0 where the system does not tell.
    private static long openFiles() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        } catch (IOException elsewhere) {
            return 0;
        }
    }
}
