package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Transfer;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real runs on a second device: the same outputs as on the CPU, and a profile that says what ran where.
class WebGpuTest {
    /// A small CNN, and a determinant, for which WebGPU has no kernel.
    private static final String TEXT = """
            model "ONNX" ir=8
            opset "" 17
            graph g (x: float32[1, 8, 16, 16], w: float32[8, 8, 3, 3], m: float32[64, 64])
                -> (y: float32[1, 8, 8, 8], z: float32[64, 64], d: float32[]) {
              c = Conv(x, w) {pads=ints[1, 1, 1, 1]} as conv
              r = Relu(c) as bend
              y = MaxPool(r) {kernel_shape=ints[2, 2], strides=ints[2, 2]} as pool
              z = MatMul(m, m) as square
              d = Det(z) as det
            }
            """;

    @TempDir
    private static Path folder;

    private static WorkerLaunch launch;
    private static Model model;

    @BeforeAll
    static void device() throws Exception {
        launch = SecondDevice.launch(folder);
        Path file = folder.resolve("small.onnx");
        Formats.export(GraphText.parse(TEXT), file, JobContext.quiet());
        model = Formats.open(file, JobContext.quiet());
    }

    private static RunTarget on(Device device) {
        return new RunTarget(EngineCatalog.DEFAULT, device, 1);
    }

    private static Map<String, HostTensor> outputs(Device device) throws Exception {
        Map<String, HostTensor> inputs =
                InputGenerator.generate(model, Analysis.of(model, DimBindings.NONE, JobContext.quiet()), 7);
        try (WorkerRunner runner = new WorkerRunner(launch);
                Session session = runner.open(
                        model.source().orElseThrow(), on(device), SessionConfig.of(1), JobContext.quiet())) {
            return session.run(inputs);
        }
    }

    private static ProfileRun profile() throws Exception {
        ProfilePlan plan =
                new ProfilePlan(on(SecondDevice.WEBGPU), SessionConfig.USUAL, 2, 10, 7, DimBindings.NONE, 10);
        return new WorkerProfiler(launch).profile(model, plan, s -> {}, JobContext.quiet());
    }

    @Test
    void outputsAreThoseOfTheCpu() throws Exception {
        Device cpu = new Device("cpu", "CPU", DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of());
        Map<String, HostTensor> expected = outputs(cpu);
        Map<String, HostTensor> there = outputs(SecondDevice.WEBGPU);
        assertThat(there.keySet()).isEqualTo(expected.keySet()).containsExactlyInAnyOrder("y", "z", "d");
        for (String name : List.of("y", "z")) {
            float[] want = expected.get(name).bytes().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
            float[] have = there.get(name).bytes().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
            assertThat(have).hasSameSizeAs(want);
            for (int i = 0; i < want.length; i++) {
                assertThat(have[i]).as(name + " " + i).isCloseTo(want[i], within(1e-3f * (1 + Math.abs(want[i]))));
            }
        }
    }

    @Test
    void theProfileSaysWhatRanWhereAndWhatTheDeviceTook() throws Exception {
        ProfileRun run = profile();
        Map<String, OpStats> layers = model.graph().nodes().stream()
                .filter(n -> run.layers().containsKey(n.id()))
                .collect(Collectors.toMap(Node::name, n -> run.layers().get(n.id())));
        String there = ExecutionProvider.WEBGPU.runtimeName();
        assertThat(layers.get("conv").provider()).isEqualTo(there);
        assertThat(layers.get("square").provider()).isEqualTo(there);
        assertThat(layers.get("det").provider()).isEqualTo(ExecutionProvider.CPU_RUNTIME_NAME);
        assertThat(layers.get("square").device()).isEqualTo("webgpu:0");
        assertThat(layers.get("det").device()).isEqualTo("cpu");
        assertThat(run.diagnostics().stream().map(Diagnostic::line))
                .anyMatch(l -> l.contains("1 of 5 layers ran on the CPU instead of webgpu:0"));
        assertThat(run.trace().stream()
                        .filter(k -> k.provider().equals(there))
                        .filter(k -> k.op().contains("Conv") || k.op().equals("MatMul"))
                        .map(KernelEvent::thread))
                .isNotEmpty()
                .containsOnly(KernelEvent.DEVICE);
        assertThat(run.transfers()).hasSize(1);
        Transfer copy = run.transfers().getFirst();
        assertThat(List.of(copy.from(), copy.to(), copy.tensor())).containsExactly("webgpu:0", "cpu", "z");
        assertThat(copy.value()).isPresent();
        assertThat(copy.bytes()).isEqualTo(64 * 64 * 4);
        assertThat(copy.count()).isEqualTo(1);
        assertThat(copy.p50()).isPositive();
        // Work that is only handed over takes some µs; that of a driver without a card is nearly the whole run.
        assertThat(run.kernelCoverage().orElseThrow()).isGreaterThan(0.5);
        assertThat(run.latency().runs()).isEqualTo(10);
    }
}
