package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.Lane;
import dev.lathe.core.LatheException;
import dev.lathe.core.Outcome;
import dev.lathe.core.Place;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RunListener;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens when a worker, a model or its owner does not do what one hopes.
class WorkerRobustnessTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());

    @TempDir
    Path folder;

    private final WorkerProfiler profiler = new WorkerProfiler(WorkerLaunch.ofThisProcess());

    private static ProfilePlan plan(int runs) {
        return new ProfilePlan(
                new RunTarget("onnxruntime", CPU, 1), SessionConfig.Level.EXTENDED, 1, runs, 1, DimBindings.NONE, 10);
    }

    private Model saved(String graph) throws LatheException {
        Path file = folder.resolve("small.onnx");
        Formats.export(GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n" + graph), file, JobContext.quiet());
        return Formats.open(file, JobContext.quiet());
    }

    private Model small() throws LatheException {
        return saved("""
                graph g (x: float32[64, 64]) -> (y: float32[64, 64]) {
                  h = MatMul(x, x) as square
                  y = Tanh(h) as bend
                }
                """);
    }

    /// Workers of this process that are still there.
    private static List<ProcessHandle> workers() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    private static RunListener once(Runnable act) {
        boolean[] done = {false};
        return s -> {
            if (s.runsDone() > 0 && !done[0]) {
                done[0] = true;
                act.run();
            }
        };
    }

    @Test
    void aWorkerThatIsKilledInTheMiddleOfARunIsNamedAndTheNextRunWorks() throws Exception {
        Model model = small();
        LatheException e = catchThrowableOfType(
                LatheException.class,
                () -> profiler.profile(
                        model,
                        plan(0),
                        once(() -> workers().forEach(ProcessHandle::destroyForcibly)),
                        JobContext.quiet()));
        assertThat(e.diagnostic().code()).isEqualTo("worker-died");
        assertThat(e.diagnostic().place()).isInstanceOf(Place.InWorker.class);
        assertThat(e.diagnostic().message()).contains("killed (SIGKILL)");
        assertThat(e.diagnostic().remedy()).isPresent();
        assertThat(profiler.profile(model, plan(10), s -> {}, JobContext.quiet())
                        .latency()
                        .runs())
                .isEqualTo(10);
        assertThat(workers()).isEmpty();
    }

    @Test
    void aJobThatIsStoppedGivesWhatItMeasured() throws Exception {
        Model model = small();
        try (Jobs jobs = new Jobs()) {
            CountDownLatch running = new CountDownLatch(1);
            var job = jobs.submit(
                    Lane.DEVICE, "run", context -> profiler.profile(model, plan(0), once(running::countDown), context));
            assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
            long asked = System.nanoTime();
            job.cancel();
            Outcome<ProfileRun> outcome = job.outcome().get(30, TimeUnit.SECONDS);
            Duration took = Duration.ofNanos(System.nanoTime() - asked);
            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            ProfileRun run = ((Outcome.Done<ProfileRun>) outcome).value();
            assertThat(run.latency().runs()).isPositive();
            assertThat(run.layers()).hasSize(2);
            // The machine of a test may be busy; a lost stop would take for ever.
            assertThat(took).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void interruptingTheThreadMeansCancelAndStaysVisible() throws Exception {
        Model model = small();
        Thread measuring = Thread.currentThread();
        ProfileRun run = profiler.profile(model, plan(0), once(measuring::interrupt), JobContext.quiet());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.latency().runs()).isPositive();
        assertThat(workers()).isEmpty();
    }

    @Test
    void aPlannedRunThatIsCancelledHasNoResult() throws Exception {
        Model model = small();
        Thread measuring = Thread.currentThread();
        assertThatThrownBy(() ->
                        profiler.profile(model, plan(100_000_000), once(measuring::interrupt), JobContext.quiet()))
                .isInstanceOf(JobCancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anOperatorThatNobodyKnowsIsNamed() throws Exception {
        Model model = saved("graph g (x: float32[4]) -> (y: float32[4]) {\n y = Quux(x) as strange\n}\n");
        LatheException e = catchThrowableOfType(
                LatheException.class, () -> profiler.profile(model, plan(1), s -> {}, JobContext.quiet()));
        assertThat(e.diagnostic().code()).isEqualTo("engine-refused");
        assertThat(e.diagnostic().message()).contains("Quux");
        assertThat(e.getMessage()).contains("small.onnx").doesNotContain("\n");
        assertThat(workers()).isEmpty();
    }

    @Test
    void anEngineThatNobodyKnowsIsRefused() throws Exception {
        Model model = small();
        ProfilePlan plan = new ProfilePlan(
                new RunTarget("abacus", CPU, 1), SessionConfig.Level.BASIC, 0, 1, 1, DimBindings.NONE, 0);
        assertThatThrownBy(() -> profiler.profile(model, plan, s -> {}, JobContext.quiet()))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("abacus");
    }

    @Test
    void aModelThatWasChangedSinceItWasReadIsRunAsItIsNow() throws Exception {
        Model read = small();
        Editor editor = read.graph().edit();
        editor.replace(read.graph().nodes().get(1).withOp("", "Relu"));
        Model changed = read.withGraph(editor.commit());
        ProfileRun run = profiler.profile(changed, plan(10), s -> {}, JobContext.quiet());
        assertThat(run.trace()).extracting(k -> k.op()).contains("Relu").doesNotContain("Tanh");
    }

    @Test
    void onlyAModelThatSaysWhatItsFileSaysIsRunFromThatFile() throws Exception {
        Model read = small();
        assertThat(RunnableFile.of(read, folder, JobContext.quiet())).isEqualTo(folder.resolve("small.onnx"));
        Model raised = read.withOpset("", 18);
        assertThat(RunnableFile.of(raised, folder, JobContext.quiet())).isEqualTo(folder.resolve("model.onnx"));
    }

    @Test
    void withoutProfiledRunsThereIsLatencyAndNoOverhead() throws Exception {
        ProfilePlan quiet =
                new ProfilePlan(plan(1).target(), SessionConfig.Level.EXTENDED, 1, 20, 1, DimBindings.NONE, 0);
        ProfileRun run = profiler.profile(small(), quiet, s -> {}, JobContext.quiet());
        assertThat(run.latency().runs()).isEqualTo(20);
        assertThat(run.runTimes()).hasSize(20);
        assertThat(run.profilerOverheadPercent()).isEmpty();
        assertThat(run.layers()).isEmpty();
    }

    @Test
    void theLayersOfTheBranchThatRanHaveTimesAndThoseOfTheOtherNone() throws Exception {
        Model model = GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[64, 64]) -> (y: float32[64, 64]) {
                  s = ReduceSum(x) {keepdims = 0} as sum
                  z = Sub(s, s) as zero
                  c = Less(z, s) as ask
                  y = If(c) {then_branch = graph yes () -> (a: float32[64, 64]) {
                    m = MatMul(x, x) as heavy
                    a = Tanh(m) as bend
                  }, else_branch = graph no () -> (b: float32[64, 64]) {
                    b = Neg(x) as negate
                  }} as choose
                }
                """);
        ProfileRun run = profiler.profile(model, plan(20), s -> {}, JobContext.quiet());
        assertThat(run.layers().keySet())
                .extracting(id -> NodePlace.all(model.graph()).stream()
                        .filter(p -> p.node().id().equals(id))
                        .map(NodePlace::shownName)
                        .findFirst()
                        .orElseThrow())
                .containsExactlyInAnyOrder("sum", "zero", "ask", "choose", "choose.else_branch/negate");
        long layers = run.layers().values().stream()
                .mapToLong(s -> s.typical().toNanos())
                .sum();
        assertThat(layers).isLessThanOrEqualTo(run.latency().p50().toNanos() + 5);
        NodeId choose = model.graph().nodes().getLast().id();
        assertThat(run.layers().get(choose).kernels()).hasSize(1);
        assertThat(run.wholeTimes(model.graph()).get(choose)).isPositive();
    }

    @Test
    void everyEngineIsListedWithWhatItNeeds() {
        assertThat(EngineCatalog.all()).extracting(EngineCatalog.Entry::id).contains("onnxruntime");
    }
}
