package dev.lathe.profile.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.djl.PyTorchEngine;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import dev.lathe.profile.worker.WorkerRunner;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TorchScript files in a worker that has PyTorch.
class PyTorchEngineTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());
    private static final RunTarget TARGET = new RunTarget(PyTorchEngine.ID, CPU, 1);

    @TempDir
    Path folder;

    private WorkerLaunch launch = WorkerLaunch.ofThisProcess();

    @BeforeEach
    void pyTorch() throws Exception {
        launch = PyTorchPack.launch();
    }

    private static HostTensor floats(List<Long> dims, float... values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[4 * values.length]);
        for (int i = 0; i < values.length; i++) {
            bytes.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, values[i]);
        }
        return HostTensor.of(DType.FLOAT32, dims, bytes);
    }

    private static float at(HostTensor t, int index) {
        return t.bytes().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * index);
    }

    private Session open(WorkerRunner runner, Path file) throws LatheException {
        return runner.open(file, TARGET, SessionConfig.of(1), JobContext.quiet());
    }

    private static ProfilePlan plan(DimBindings dims) {
        return new ProfilePlan(TARGET, SessionConfig.USUAL, 3, 6, 1, dims, 10);
    }

    @Test
    void aProgramComputesAgainAndAgainAndTakesItsInputsInOrder() throws Exception {
        Path file = TorchScriptFiles.write(
                folder.resolve("tiny.pt"), "x: Tensor, y: Tensor", "return torch.sub(x, torch.mul(y, y))");
        try (WorkerRunner runner = new WorkerRunner(launch);
                Session session = open(runner, file)) {
            for (int round = 1; round <= 3; round++) {
                HostTensor out = session.run(Map.of(
                                "input1", floats(List.of(2L), 2, 3), "input0", floats(List.of(2L), 10 * round, 100)))
                        .get("output0");
                assertThat(out.dims()).containsExactly(2L);
                assertThat(at(out, 0)).isEqualTo(10 * round - 4);
                assertThat(at(out, 1)).isEqualTo(91);
            }
        }
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void wrongInputsAreRefusedInOneLineAndTheProgramStillRuns() throws Exception {
        Path file = TorchScriptFiles.write(folder.resolve("tiny.pt"), "x: Tensor", "return torch.matmul(x, x)");
        try (WorkerRunner runner = new WorkerRunner(launch);
                Session session = open(runner, file)) {
            assertThatThrownBy(() -> session.run(Map.of("input0", floats(List.of(2L, 3L), 1, 2, 3, 4, 5, 6))))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)")
                    .message()
                    .doesNotContain("\n");
            HostTensor out =
                    session.run(Map.of("input0", floats(List.of(1L, 1L), 3))).get("output0");
            assertThat(at(out, 0)).isEqualTo(9);
        }
    }

    @Test
    void whatIsNoProgramIsRefusedByNameAndInOneLine() throws Exception {
        Path broken = TorchScriptFiles.write(folder.resolve("broken.pt"), "x: Tensor", "return torch.quux(x)");
        try (WorkerRunner runner = new WorkerRunner(launch)) {
            assertThatThrownBy(() -> open(runner, broken))
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("quux")
                    .hasMessageContaining("broken.pt")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void aMeasurementTellsTheOperatorsThatTheProgramCalls() throws Exception {
        Path file = TorchScriptFiles.write(
                folder.resolve("tiny.pt"),
                "x: Tensor",
                "y = torch.matmul(x, x)",
                "z = torch.relu(torch.matmul(y, x))",
                "return torch.softmax(z, 1)");
        Model described = TorchScript.of(
                file,
                List.of(ValueType.tensor(DType.FLOAT32, Shape.of(List.of(new Dim.Symbol("n"), new Dim.Symbol("n"))))));
        ProfilePlan plan = plan(new DimBindings(Map.of("n", 64L)));
        WorkerProfiler profiler = new WorkerProfiler(launch);
        Model seen = TorchScript.observed(described, plan, profiler, JobContext.quiet());
        assertThat(seen.graph().nodes())
                .extracting(Node::name)
                .containsExactly("matmul_1", "matmul_2", "relu_1", "softmax_1");
        ProfileRun run = profiler.profile(seen, plan, s -> {}, JobContext.quiet());
        assertThat(run.latency().runs()).isEqualTo(6);
        assertThat(run.layers())
                .hasSize(4)
                .allSatisfy((id, s) -> assertThat(s.typical()).isPositive());
        assertThat(run.memory().peakResidentBytes()).isPositive();
        assertThat(run.layerSum()).isCloseTo(run.latency().p50(), java.time.Duration.ofNanos(50_000));
        assertThat(run.kernelCoverage()).isPresent();
        assertThat(run.trace().getFirst().inputShapes()).isEqualTo("[64,64] [64,64]");
        assertThat(run.trace().getFirst().op()).isEqualTo("aten::matmul");
    }

    @Test
    void severalRunsOfAProgramAreInFlightAtOnce() throws Exception {
        Path file = TorchScriptFiles.write(folder.resolve("tiny.pt"), "x: Tensor", "return torch.matmul(x, x)");
        Model model = TorchScript.of(file, List.of(ValueType.tensor(DType.FLOAT32, Shape.of(64, 64))));
        ProfileRun run = new WorkerProfiler(launch)
                .profile(model, plan(DimBindings.NONE).withStreams(2), s -> {}, JobContext.quiet());
        assertThat(run.latency().runs()).isGreaterThanOrEqualTo(12);
        assertThat(run.throughputPerSecond()).isPositive();
    }

    @Test
    void aTracedAndAScriptedFileOfOneModelComputeTheSame() throws Exception {
        Path files = shared().orElse(folder);
        assumeTrue(Files.exists(files.resolve("mnist_cnn_traced.pt")), "no shared models beside this checkout");
        float[] picture = new float[784];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (i * 37 % 256) / 255f;
        }
        Map<String, HostTensor> inputs = Map.of("input0", floats(List.of(1L, 1L, 28L, 28L), picture));
        try (WorkerRunner runner = new WorkerRunner(launch);
                Session traced = open(runner, files.resolve("mnist_cnn_traced.pt"));
                Session scripted = open(runner, files.resolve("mnist_cnn_scripted.pt"))) {
            HostTensor a = traced.run(inputs).get("output0");
            HostTensor b = scripted.run(inputs).get("output0");
            assertThat(a.dims()).containsExactly(1L, 10L);
            for (int i = 0; i < 10; i++) {
                assertThat(at(a, i)).isCloseTo(at(b, i), org.assertj.core.data.Offset.offset(1e-4f));
            }
        }
    }

    private static Optional<Path> shared() {
        return List.of(
                        Optional.ofNullable(System.getenv("LATHE_SHARED")).orElse("../shared"),
                        "../shared",
                        "../../shared")
                .stream()
                .map(s -> Path.of(s).resolve("models/formats/pytorch"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
