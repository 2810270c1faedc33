package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.memory.ArenaUse;
import dev.lathe.profile.memory.PlannedMemory;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// How far the predicted memory of tensors is from what the arena measures on real models. `-Dlathe.table=true` prints
/// the table of docs/benchmarks.md.
class MemoryConformanceTest {
    /// Operators that plain ONNX Runtime does not have.
    private static final Set<String> NEED_EXTENSIONS =
            Set.of("superresolution-customops-op18.onnx", "espcn-qonnx-customdomain-op11.onnx");

    private static final WorkerProfiler PROFILER = new WorkerProfiler(WorkerLaunch.ofThisProcess());

    @TestFactory
    Stream<DynamicTest> thePredictedPeakIsNearWhatTheArenaMeasures() throws Exception {
        return models().map(file ->
                DynamicTest.dynamicTest(file.getFileName().toString(), () -> near(file, SessionConfig.USUAL, 0.02)));
    }

    @TestFactory
    Stream<DynamicTest> atOtherLevelsOfOptimizationToo() throws Exception {
        return models().filter(f -> Stream.of("basic-pitch", "mnist_cnn_qdq", "ppocr-cls", "tiny-gpt2-fp16", "tinybert")
                        .anyMatch(f.getFileName().toString()::startsWith))
                .flatMap(file -> Stream.of(SessionConfig.Level.BASIC, SessionConfig.Level.EXTENDED)
                        .map(level -> DynamicTest.dynamicTest(
                                file.getFileName() + " " + level, () -> near(file, level, 0.15))));
    }

    /// Constants are computed in every run there, in the body of an If too.
    @TestFactory
    Stream<DynamicTest> withoutOptimizationToo() throws Exception {
        return models().filter(f -> f.getFileName().toString().startsWith("silero"))
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(), () -> near(file, SessionConfig.Level.NONE, 0.15)));
    }

    private static Stream<Path> models() throws Exception {
        List<Path> files = SharedModels.onnx();
        assumeFalse(files.isEmpty(), "the folder of real models is not there");
        return files.stream()
                .filter(f -> !NEED_EXTENSIONS.contains(f.getFileName().toString()));
    }

    private static void near(Path file, SessionConfig.Level level, double part) throws Exception {
        Model model = Formats.open(file, JobContext.quiet());
        Device cpu = new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());
        ProfilePlan plan =
                new ProfilePlan(new RunTarget("onnxruntime", cpu, 1), level, 1, 1, 1, DefaultDims.choose(model), 10);
        ProfileRun run = PROFILER.profile(model, plan, s -> {}, JobContext.quiet());
        ArenaUse arena = run.memory().arena().orElseThrow();
        PlannedMemory planned = run.runtime().orElseThrow().planned().orElseThrow();
        long source = Analysis.of(model, DefaultDims.complete(model, plan.dims()), JobContext.quiet())
                .liveness()
                .knownPeakBytes();
        if (Boolean.getBoolean("lathe.table")) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s %s | %.1f | %.1f | %.1f | %+.1f %% | %+.1f %% |%n",
                    file.getFileName(),
                    level,
                    source / 1024.0,
                    planned.peak() / 1024.0,
                    arena.peak() / 1024.0,
                    100.0 * source / arena.peak() - 100,
                    100.0 * planned.peak() / arena.peak() - 100);
        }
        assertThat((double) planned.peak()).isCloseTo(arena.peak(), within(part * arena.peak()));
        assertThat(planned.unknown()).isZero();
    }
}
