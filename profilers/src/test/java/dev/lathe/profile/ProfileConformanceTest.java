package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Whether times per layer add up on real models: with control flow, functions, quantization, external data,
/// nodes without names, and layouts that the engine changes. `-Dlathe.table=true` prints what was measured.
class ProfileConformanceTest {
    /// Operators that plain ONNX Runtime does not have.
    private static final Set<String> NEED_EXTENSIONS =
            Set.of("superresolution-customops-op18.onnx", "espcn-qonnx-customdomain-op11.onnx");

    private static final WorkerProfiler PROFILER = new WorkerProfiler(WorkerLaunch.ofThisProcess());

    @TestFactory
    Stream<DynamicTest> everyModelAddsUp() throws Exception {
        return runnable()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(), () -> addsUp(file, SessionConfig.USUAL)));
    }

    @TestFactory
    Stream<DynamicTest> convolutionsInTheModelsOwnLayoutAddUp() throws Exception {
        return runnable()
                .filter(f -> Stream.of("yunet", "ultraface", "ppocr-v3", "light_densenet", "mnist_cnn_qdq")
                        .anyMatch(f.getFileName().toString()::startsWith))
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(), () -> addsUp(file, SessionConfig.Level.EXTENDED)));
    }

    @Test
    void anOperatorThatTheEngineLacksIsNamedInOneLine() throws Exception {
        List<Path> files = SharedModels.onnx().stream()
                .filter(f -> NEED_EXTENSIONS.contains(f.getFileName().toString()))
                .toList();
        assumeFalse(files.isEmpty(), "the folder of real models is not there");
        for (Path file : files) {
            Model model = Formats.open(file, JobContext.quiet());
            List<Diagnostic> said = new ArrayList<>();
            try {
                PROFILER.profile(model, plan(model, SessionConfig.Level.EXTENDED), s -> {}, JobContext.quiet());
            } catch (LatheException e) {
                said.add(e.diagnostic());
            }
            assertThat(said).as(file.toString()).hasSize(1);
            assertThat(said.getFirst().message())
                    .doesNotContain("\n", ".cc", ".h:", "onnxruntime::", "/onnxruntime")
                    .contains("operator");
        }
    }

    private static Stream<Path> runnable() throws Exception {
        List<Path> files = SharedModels.onnx();
        assumeFalse(files.isEmpty(), "the folder of real models is not there");
        return files.stream()
                .filter(f -> !NEED_EXTENSIONS.contains(f.getFileName().toString()));
    }

    private static ProfilePlan plan(Model model, SessionConfig.Level level) {
        Device cpu = new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());
        return new ProfilePlan(new RunTarget("onnxruntime", cpu, 1), level, 2, 12, 1, DefaultDims.choose(model), 10);
    }

    private static void addsUp(Path file, SessionConfig.Level level) throws Exception {
        Model model = Formats.open(file, JobContext.quiet());
        ProfileRun run = PROFILER.profile(model, plan(model, level), s -> {}, JobContext.quiet());

        assertThat(run.latency().runs()).isEqualTo(12);
        assertThat(run.layers().keySet())
                .containsAll(model.graph().nodes().stream().map(n -> n.id()).toList());
        double layers = run.layers().values().stream()
                .mapToDouble(s -> nanos(s.typical()))
                .sum();
        double outside = nanos(run.outsideLayers());
        double rounding = run.layers().size();
        assertThat(layers + outside).isCloseTo(nanos(run.layerSum()), within(rounding));
        assertThat(nanos(run.layerSum()))
                .isCloseTo(
                        nanos(run.latency().p50()),
                        within(0.03 * nanos(run.latency().p50()) + rounding));
        assertThat(run.layers().values().stream().mapToDouble(OpStats::share).sum())
                .isLessThan(1.0001);

        assertThat(run.layers().values()).allMatch(l -> l.samples() >= 5);

        List<KernelEvent> outer = KernelNesting.of(run.trace()).stream()
                .map(KernelNesting.Nested::kernel)
                .toList();
        double kernels = outer.stream().mapToDouble(k -> nanos(k.duration())).sum();
        Set<String> known = new HashSet<>();
        run.layers().values().forEach(l -> known.addAll(l.kernels()));
        List<String> lost = run.trace().stream()
                .filter(k -> !known.contains(k.node()))
                .map(k -> k.node() + " (" + k.op() + ")")
                .toList();
        if (Boolean.getBoolean("lathe.table")) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s %s | %.3f | %.3f | %.1f | %.1f | %.1f | %d of %d | %d | %s%n",
                    file.getFileName(),
                    level,
                    nanos(run.latency().p50()) / 1e6,
                    kernels / 1e6,
                    100 * outside / nanos(run.layerSum()),
                    100 * run.kernelCoverage().orElse(Double.NaN),
                    run.profilerOverheadPercent().orElse(Double.NaN),
                    lost.size(),
                    run.trace().size(),
                    run.layers().size(),
                    lost.stream().limit(4).toList());
        }
        assertThat(outer).isNotEmpty();
        assertThat(run.kernelCoverage()).isPresent();
        assertThat(lost).as("kernels of no layer").isEmpty();
        // Kernels of one thread one after the other: what overlaps was counted twice.
        Duration end = Duration.ZERO;
        for (KernelEvent k : outer) {
            assertThat(k.start().plusNanos(2_000)).as(k.node()).isGreaterThanOrEqualTo(end);
            end = k.start().plus(k.duration());
        }
        assertThat(run.layers().values().stream().filter(s -> !s.kernels().isEmpty()))
                .allMatch(s -> !s.provider().isEmpty() && s.memory().arenaBytes() >= 0);
    }

    private static double nanos(Duration d) {
        return d.toNanos();
    }
}
