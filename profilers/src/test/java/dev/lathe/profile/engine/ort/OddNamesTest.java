package dev.lathe.profile.engine.ort;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.JobContext;
import dev.lathe.graph.DType;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nodes may be called anything, and the runtime writes their names into its profile as they are.
class OddNamesTest {
    private static final List<String> NAMES = List.of(
            "a\"c",
            "back\\slash",
            "not\\new\\tab\\u0041",
            "new\nline",
            "tab\there",
            "\u0001\r\u007f",
            "层 unï",
            "😀",
            "x".repeat(300),
            "q\",\"ts\" :1,\"ph\" : \"X\",\"name\" :\"z_kernel_time\",\"args\" : {",
            "ends\"",
            "\\",
            "own_kernel_time",
            "",
            "");

    @TempDir
    Path folder;

    /// A chain of operators that the engine does not fuse, one for each name.
    private Path file(List<String> names) throws Exception {
        StringBuilder text = new StringBuilder("model \"ONNX\" ir=8\nopset \"\" 17\n");
        text.append("graph g (t0: float32[64]) -> (t").append(names.size()).append(": float32[64]) {\n");
        for (int i = 0; i < names.size(); i++) {
            text.append("t")
                    .append(i + 1)
                    .append(i % 2 == 0 ? " = Tanh(t" : " = Sin(t")
                    .append(i)
                    .append(") as n")
                    .append(i)
                    .append("\n");
        }
        Model plain = GraphText.parse(text.append("}\n").toString());
        Editor edit = plain.graph().edit();
        List<Node> nodes = plain.graph().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Node n = nodes.get(i);
            edit.replace(Node.of(n.id(), names.get(i), n.op(), n.inputs(), n.outputs(), n.origin()));
        }
        Path file = folder.resolve("odd.onnx");
        Formats.export(plain.withGraph(edit.commit()), file, JobContext.quiet());
        return file;
    }

    private static List<String> named(List<String> names) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            expected.add(names.get(i).isEmpty() ? (i % 2 == 0 ? "Tanh_" : "Sin_") + i : names.get(i));
        }
        return expected;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothWaysOfProfilingTellKernelsByTheNamesThatTheNodesHave(boolean runLevel) throws Exception {
        Path file = file(NAMES);
        OrtLibrary library = OrtLibrary.loaded();
        OrtEnvironment environment = library.environment();
        SessionConfig config = new SessionConfig(1, SessionConfig.Level.ALL, Optional.empty(), true, Map.of());
        try (OrtSession.SessionOptions options = OrtEngine.options(config);
                OrtSession session = environment.createSession(file.toString(), options)) {
            OrtModelSession opened = new OrtModelSession(
                    environment, session, file, config, runLevel ? library.profiling() : Optional.empty());
            assertThat(opened.tracer().orElseThrow())
                    .isInstanceOf(runLevel ? RunLevelTracer.class : SessionLevelTracer.class);
            HostTensor x = HostTensor.of(DType.FLOAT32, List.of(64L), MemorySegment.ofArray(new byte[256]));
            TracedRun run = opened.tracer().orElseThrow().trace(Map.of("t0", x));
            assertThat(run.kernels()).extracting(KernelEvent::node).containsExactlyElementsOf(named(NAMES));
        }
    }

    @Test
    void everyLayerHasItsTimeWhateverItIsCalled() throws Exception {
        Model model = Formats.open(file(NAMES), JobContext.quiet());
        Device cpu = new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());
        ProfilePlan plan = new ProfilePlan(
                new RunTarget("onnxruntime", cpu, 1), SessionConfig.Level.ALL, 2, 5, 1, DimBindings.NONE, 10);
        ProfileRun run =
                new WorkerProfiler(WorkerLaunch.ofThisProcess()).profile(model, plan, s -> {}, JobContext.quiet());
        List<String> expected = named(NAMES);
        for (int i = 0; i < NAMES.size(); i++) {
            Node node = model.graph().nodes().get(i);
            assertThat(node.name()).isEqualTo(NAMES.get(i));
            assertThat(run.layers().get(node.id()).kernels()).containsExactly(expected.get(i));
        }
        assertThat(run.diagnostics())
                .extracting(d -> d.code())
                .doesNotContain("profile-failed", "kernels-without-layer");
    }
}
