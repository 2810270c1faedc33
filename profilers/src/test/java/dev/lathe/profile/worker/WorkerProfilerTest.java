package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import dev.lathe.profile.ThreadShares;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a profile says of a real transformer.
class WorkerProfilerTest {
    @TempDir
    static Path folder;

    private static Model minilm;

    @BeforeAll
    static void model() throws Exception {
        Path file = folder.resolve("minilm.onnx");
        try (InputStream in = WorkerProfilerTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        minilm = Formats.open(file, JobContext.quiet());
    }

    private static ProfilePlan plan(int runs) {
        Device cpu = new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());
        return new ProfilePlan(
                new RunTarget("onnxruntime", cpu, 1),
                SessionConfig.Level.EXTENDED,
                2,
                runs,
                1,
                new DimBindings(Map.of("batch", 1L, "sequence", 64L, "batch_size", 1L, "sequence_length", 64L)),
                10);
    }

    @Test
    void whatTheEngineRefusesIsCalledByItsOwnFile(@TempDir Path other) throws Exception {
        // Functions make the engine read a copy, and this one calls itself.
        Path file = other.resolve("recursive.onnx");
        Formats.export(GraphText.parse("""
                model "ONNX" ir=10
                opset "" 17
                opset "local" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  y = local:F(x)
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph F (v) -> (w) {
                  w = local:F(v)
                }
                """), file, JobContext.quiet());
        Model model = Formats.open(file, JobContext.quiet());
        assertThatThrownBy(() -> new WorkerProfiler(WorkerLaunch.ofThisProcess())
                        .profile(model, plan(1), s -> {}, JobContext.quiet()))
                .isInstanceOfSatisfying(LatheException.class, e -> {
                    assertThat(e.diagnostic().code()).isEqualTo("engine-refused");
                    assertThat(e.diagnostic().place()).isEqualTo(Place.file(file));
                });
    }

    @Test
    void severalRunsInFlightAreTimedOneByOneAndCountedByTheWallClock() throws Exception {
        long before = System.nanoTime();
        ProfileRun run = new WorkerProfiler(WorkerLaunch.ofThisProcess())
                .profile(minilm, plan(5).withStreams(3), s -> {}, JobContext.quiet());
        double seconds = (System.nanoTime() - before) / 1e9;
        int runs = run.latency().runs();
        assertThat(runs).isGreaterThanOrEqualTo(15);
        assertThat(run.runTimes()).hasSize(runs);
        assertThat(run.throughputPerSecond()).isGreaterThan(runs / seconds);
        // The last runs of a loop have fewer beside them.
        double together = run.runTimes().stream().mapToLong(Duration::toNanos).sum() / 1e9;
        assertThat(runs / run.throughputPerSecond())
                .as("s by the wall clock, for %s s of runs", together)
                .isLessThan(together);
        assertThat(run.layers()).isEmpty();
        assertThat(run.diagnostics()).extracting(Diagnostic::code).contains("streams-not-profiled");
    }

    @Test
    void theLayersSumToTheTotalAndNothingIsCountedTwice() throws Exception {
        ProfileRun run =
                new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(minilm, plan(30), s -> {}, JobContext.quiet());
        assertThat(run.latency().runs()).isEqualTo(30);
        double layers = run.layers().values().stream()
                .mapToLong(s -> s.typical().toNanos())
                .sum();
        double sum = layers + run.outsideLayers().toNanos();
        assertThat(sum).isCloseTo(run.layerSum().toNanos(), within(0.001 * sum));
        assertThat(sum).isCloseTo(run.latency().p50().toNanos(), within(0.03 * sum));
        assertThat(run.layers().values().stream().mapToDouble(OpStats::share).sum())
                .isLessThanOrEqualTo(1.0001);
        // The matrix multiplications are what a transformer does.
        double matmul = minilm.graph().nodes().stream()
                .filter(n -> n.op().equals("MatMul"))
                .mapToDouble(n -> run.layers().get(n.id()).share())
                .sum();
        assertThat(matmul).isGreaterThan(0.5);
        assertThat(run.trace()).isNotEmpty();
        assertThat(run.memory().peakResidentBytes()).isGreaterThan(90_000_000);
        assertThat(run.memory().arenaPeakBytes()).isPresent();
    }

    @Test
    void howThreadsSharedTheWorkIsToldOfEachLayerAndTheEnginesGraphHasItsWeights() throws Exception {
        List<LiveSample> samples = new ArrayList<>();
        ProfilePlan one = plan(10);
        ProfilePlan two = new ProfilePlan(
                new RunTarget(one.target().engine(), one.target().device(), 2),
                one.level(),
                5,
                10,
                one.seed(),
                one.dims(),
                10);
        ProfileRun run =
                new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(minilm, two, samples::add, JobContext.quiet());
        List<ThreadShares> products = minilm.graph().nodes().stream()
                .filter(n -> n.op().equals("MatMul"))
                .flatMap(n -> run.layers().get(n.id()).threads().stream())
                .toList();
        assertThat(products).hasSizeGreaterThan(30).allSatisfy(t -> {
            assertThat(t.pool()).isEqualTo(2);
            assertThat(t.used()).isBetween(1.0, 2.0);
            assertThat(t.shares().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-9));
        });
        LiveSample first =
                samples.stream().filter(s -> s.soFar().runs() > 0).findFirst().orElseThrow();
        assertThat(first.warmingUp()).as("who waits sees the warm-up's latency").isTrue();
        assertThat(first.measured()).isFalse();
        assertThat(first.layers()).isEmpty();
        RuntimeGraph runtime = run.runtime().orElseThrow();
        Tensor words = runtime.model()
                .graph()
                .valueNamed("embeddings.word_embeddings.weight")
                .flatMap(v -> runtime.model().graph().initializer(v.id()))
                .orElseThrow();
        assertThat(words.data().isPresent())
                .as("the source's, not what was not saved")
                .isTrue();
        assertThat(runtime.model().graph().parameterBytes())
                .isCloseTo(minilm.graph().parameterBytes(), withinPercentage(5));
    }

    @Test
    void anEndlessRunTellsItsProgressAndEndsWithAResultWhenCancelled() throws Exception {
        List<LiveSample> samples = new ArrayList<>();
        AtomicBoolean cancelled = new AtomicBoolean();
        AtomicLong cancelledAt = new AtomicLong();
        JobContext job = new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                // only the samples matter here
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
        ProfileRun run = new WorkerProfiler(WorkerLaunch.ofThisProcess())
                .profile(
                        minilm,
                        plan(0),
                        s -> {
                            // The warm-up has samples too, with nothing in them yet.
                            if (!s.layers().isEmpty()) {
                                samples.add(s);
                            }
                            if (samples.size() == 6 && cancelledAt.compareAndSet(0, System.nanoTime())) {
                                cancelled.set(true);
                            }
                        },
                        job);
        assertThat(run.latency().runs()).isPositive();
        assertThat(run.layers()).isNotEmpty();
        LiveSample last = samples.getLast();
        assertThat(last.layers()).isNotEmpty();
        // One figure for the whole: the layers and what is outside them are the median of all runs so far.
        Duration whole =
                last.layers().values().stream().map(OpStats::typical).reduce(last.outsideLayers(), Duration::plus);
        assertThat(whole.toNanos())
                .isBetween(
                        last.soFar().p50().toNanos() * 99 / 100,
                        last.soFar().p50().toNanos() * 101 / 100);
        Duration between = samples.get(5).at().minus(samples.get(0).at());
        assertThat(between.toMillis() / 5).as("ms between samples").isLessThan(250);
    }

    @Test
    void aCancelledRunOfFixedLengthThrows() {
        JobContext job = new JobContext() {
            private int asked;

            @Override
            public void progress(double fraction, String step) {
                // nobody looks
            }

            @Override
            public boolean cancelled() {
                return ++asked > 20;
            }
        };
        assertThatThrownBy(() ->
                        new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(minilm, plan(1_000_000), s -> {}, job))
                .isInstanceOf(JobCancelledException.class);
    }

    @Test
    void aProfileThatCannotBeHadCostsTheTimesOfLayersAndNotTheLatency(@TempDir Path temporary) throws Exception {
        Path profiles = Files.createDirectory(temporary.resolve("here"));
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        WorkerLaunch launch =
                new WorkerLaunch(plain.java(), plain.classPath(), List.of("-Djava.io.tmpdir=" + profiles));
        AtomicBoolean gone = new AtomicBoolean();
        ProfileRun run = new WorkerProfiler(launch)
                .profile(
                        minilm,
                        plan(60),
                        sample -> {
                            if (!gone.getAndSet(true)) {
                                assertThat(profiles.toFile()
                                                .renameTo(temporary
                                                        .resolve("elsewhere")
                                                        .toFile()))
                                        .isTrue();
                            }
                        },
                        JobContext.quiet());
        assertThat(run.latency().runs()).isEqualTo(60);
        assertThat(run.runTimes()).hasSize(60);
        assertThat(run.diagnostics())
                .filteredOn(d -> d.code().equals("profile-failed"))
                .singleElement()
                .satisfies(d -> assertThat(d.line())
                        .contains("minilm.onnx", "no such file", "layers")
                        .doesNotContain("Exception", "jackson"));
    }
}
