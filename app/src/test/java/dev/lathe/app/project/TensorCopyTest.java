package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.CopyingRun;
import dev.lathe.app.ui.Numbers;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import dev.lathe.profile.Transfer;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TensorCopyTest {
    private static final String MODEL = """
            model "ONNX" ir=10
            opset "" 17
            graph g (x: float32[2]) -> (y: float32[2], a: float32[2]) {
              a = Add(x, x) as first
              b = Mul(a, a) as second
              c = Mul(a, x) as third
              y = Add(b, c) as last
            }
            """;
    private final Model model = parsed(MODEL);
    private final Graph graph = model.graph();

    private static Model parsed(String text) {
        try {
            return GraphText.parse(text);
        } catch (dev.lathe.core.LatheException e) {
            throw new AssertionError(e);
        }
    }

    private static ProfilePlan plan() {
        return new ProfilePlan(
                new RunTarget("onnxruntime", TinyModel.CPU, 1), SessionConfig.USUAL, 1, 3, 1, DimBindings.NONE, 3);
    }

    private NodeId named(String node) {
        return graph.nodes().stream()
                .filter(n -> n.name().equals(node))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private ProfileRun run(List<Transfer> copies, Map<String, String> deviceOf) {
        return CopyingRun.of(
                TinyModel.run(model, plan(), 3),
                copies,
                n -> graph.node(n)
                        .map(x -> deviceOf.getOrDefault(x.name(), "cpu"))
                        .orElse(""));
    }

    private Transfer copy(String tensor, String from, String to) {
        return CopyingRun.copy(graph, tensor, from, to, 1_572_864, 0.3);
    }

    @Test
    void onlyThoseOnTheOtherDeviceTakeTheCopy() {
        ProfileRun run = run(List.of(copy("a", "cpu", "webgpu:0")), Map.of("third", "webgpu:0"));
        List<TensorCopy> copies = TensorCopy.inSource(graph, run);
        assertThat(copies).hasSize(1);
        assertThat(copies.getFirst().takers()).containsExactly(named("third"));
        assertThat(copies.getFirst().leaves()).isFalse();
    }

    @Test
    void anOutputThatNobodyTakesThereIsCopiedOutOfTheGraph() {
        Map<String, String> allThere =
                Map.of("first", "webgpu:0", "second", "webgpu:0", "third", "webgpu:0", "last", "webgpu:0");
        List<TensorCopy> copies = TensorCopy.inSource(
                graph, run(List.of(copy("a", "webgpu:0", "cpu"), copy("b", "webgpu:0", "cpu")), allThere));
        assertThat(copies.getFirst().leaves()).isTrue();
        assertThat(copies.getFirst().takers()).isEmpty();
        assertThat(copies.getLast().leaves()).isFalse();
        assertThat(copies.getLast().takers())
                .as("nobody is known to be there, and it is no output: all who take it")
                .containsExactly(named("last"));
    }

    @Test
    void aTensorOfTheEngineIsOnNoEdgeOfTheModel() {
        assertThat(TensorCopy.inSource(graph, run(List.of(copy("made by the engine", "cpu", "webgpu:0")), Map.of())))
                .isEmpty();
    }

    @Test
    void inTheRuntimesGraphAKernelCopies() throws Exception {
        Model ran = parsed("""
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[2]) -> (y: float32[2]) {
                  a = Add(x, x) as first
                  a_there = MemcpyFromHost(a) as Memcpy_1
                  y = Mul(a_there, a_there) as second
                }
                """);
        RuntimeGraph runtime = new RuntimeGraph(
                Analysis.of(ran, DimBindings.NONE, JobContext.quiet()), Map.of(), Map.of(), Optional.empty());
        Transfer plain = copy("a", "cpu", "webgpu:0");
        Transfer byKernel = new Transfer(
                plain.from(),
                plain.to(),
                plain.tensor(),
                plain.value(),
                plain.bytes(),
                1,
                plain.p50(),
                plain.p90(),
                5,
                "Memcpy_1");
        List<TensorCopy> copies = TensorCopy.inRuntime(runtime, run(List.of(byKernel), Map.of()));
        assertThat(copies).extracting(c -> ran.graph().nameOf(c.value())).containsExactly("a", "a_there");
        NodeId kernel = ran.graph().nodes().get(1).id();
        assertThat(copies.getFirst().takers()).containsExactly(kernel);
        assertThat(copies.getLast().takers())
                .isEqualTo(Set.of(ran.graph().nodes().getLast().id()));
        assertThat(copies).extracting(TensorCopy::copy).containsOnly(byKernel);
    }

    @Test
    void whatIsCopiedIsToldWithUnitsAndTheWay() {
        Transfer one = copy("a", "cpu", "webgpu:0");
        assertThat(TensorCopy.words(List.of(one)))
                .isEqualTo(
                        Numbers.bytes(1_572_864) + " · " + Numbers.time(Duration.ofNanos(300_000)) + " · CPU → WebGPU")
                .contains("MiB", "ms");
        assertThat(TensorCopy.words(List.of(one, copy("b", "cpu:0", "cuda:1"))))
                .startsWith(Numbers.bytes(2 * 1_572_864))
                .endsWith("CPU → WebGPU and 1 more");
        assertThat(TensorCopy.way(List.of(copy("b", "cpu:0", "cuda:1")))).isEqualTo("CPU group 0 → CUDA 1");
        Transfer untold = CopyingRun.copy(graph, "a", "cpu", "npu", -1, 0.3);
        assertThat(TensorCopy.words(List.of(untold)))
                .isEqualTo(Numbers.time(Duration.ofNanos(300_000)) + " · CPU → npu");
    }
}
