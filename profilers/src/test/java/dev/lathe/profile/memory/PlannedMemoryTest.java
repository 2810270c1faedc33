package dev.lathe.profile.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Buffers as ONNX Runtime's planner shares them. One float32[64] takes 256 bytes.
class PlannedMemoryTest {
    private static PlannedMemory plan(String graph, Map<String, Long> dims, KernelEvent... run) throws LatheException {
        Model model = GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n" + graph);
        return PlannedMemory.of(
                Analysis.of(model, new DimBindings(dims), JobContext.quiet()), List.of(run), JobContext.quiet());
    }

    private static PlannedMemory plan(String graph) throws LatheException {
        return plan(graph, Map.of());
    }

    private static KernelEvent kernel(String node, String op, int at, long asked, long growth) {
        return new KernelEvent(
                node,
                op,
                "CPU",
                Duration.ofMillis(at),
                Duration.ofMillis(1),
                0,
                "",
                "",
                0,
                0,
                asked + 100,
                asked + 100,
                asked,
                growth);
    }

    @Test
    void anActivationIsWrittenOverItsInputAndAnArithmeticOneIsNot() throws Exception {
        assertThat(plan("""
                graph g (x: float32[64]) -> (y: float32[64]) {
                  a = MatMul(x, x) as first
                  b = Exp(x) as one
                  c = Relu(b) as over
                  d = Exp(c) as beside
                  y = Exp(d) as last
                }
                """).live()).containsExactly(4L, 256L, 256L, 512L, 512L);
    }

    @Test
    void theModelsInputsAreTheCallersAndItsOutputsAreNeverShared() throws Exception {
        assertThat(plan("""
                graph g (x: float32[64]) -> (y: float32[64]) {
                  a = Relu(x) as one
                  y = Relu(a) as last
                }
                """).live()).containsExactly(256L, 512L);
    }

    @Test
    void aDeadBufferOfTheSameShapeIsKeptUntilItIsUsedAgain() throws Exception {
        // a is dead after the second node; d lies in it, so it is held meanwhile.
        PlannedMemory kept = plan("""
                graph g (x: float32[64]) -> (y: float32[64]) {
                  const w = int64[1] {0}
                  a = Exp(x) as one
                  b = ReduceSum(a, w) as small
                  c = Exp(b) as between
                  d = Add(c, x) as again
                  y = Exp(d) as last
                }
                """);
        assertThat(kept.live()).containsExactly(256L, 260L, 264L, 260L, 512L);
    }

    @Test
    void ofANamedDimensionTheRuntimeKnowsThatItIsTheSameAndOfAComputedOneItDoesNot() throws Exception {
        String named = """
                graph g (x: float32[n]) -> (y: float32[n]) {
                  a = Exp(x) as one
                  b = Relu(a) as over
                  y = Exp(b) as last
                }
                """;
        assertThat(plan(named, Map.of("n", 64L)).live()).containsExactly(256L, 256L, 512L);
        String computed = """
                graph g (x: float32[n], m: int64[1]) -> (y: float32[n]) {
                  r = Reshape(x, m) as shaped
                  a = Exp(r) as one
                  b = Relu(a) as over
                  y = Exp(b) as last
                }
                """;
        KernelEvent told = new KernelEvent(
                "one", "Exp", "CPU", Duration.ZERO, Duration.ZERO, 0, "", "float[64]", 0, 256, 256, 256, 256, 256);
        KernelEvent alsoTold = new KernelEvent(
                "over", "Relu", "CPU", Duration.ZERO, Duration.ZERO, 0, "", "float[64]", 0, 256, 512, 512, 512, 256);
        assertThat(plan(computed, Map.of("n", 64L), told, alsoTold).live()).containsExactly(0L, 256L, 512L, 512L);
    }

    @Test
    void aBodyIsThereWhileItsNodeRuns() throws Exception {
        String graph = """
                graph g (x: float32[64], c: bool[]) -> (y: float32[64]) {
                  y = If(c) {
                    then_branch = graph t () -> (p: float32[64]) {
                      u = Exp(x) as inside
                      v = Exp(u) as further
                      p = Exp(v) as result
                    },
                    else_branch = graph e () -> (q: float32[64]) {
                      q = Exp(x) as other
                    }
                  } as choice
                }
                """;
        PlannedMemory larger = plan(graph);
        assertThat(larger.peak()).isEqualTo(512);
        assertThat(plan(graph, Map.of(), kernel("other", "Exp", 0, 256, 256)).peak())
                .as("the branch that ran")
                .isEqualTo(256);
    }

    @Test
    void whatTheArenaHeldBeforeTheRunIsTakenOff() {
        ArenaUse use = ArenaUse.of(List.of(kernel("a", "Exp", 0, 1256, 256), kernel("b", "Exp", 1, 1512, 256)))
                .orElseThrow();
        assertThat(use.before()).isEqualTo(1000);
        assertThat(use.peak()).isEqualTo(512);
        assertThat(use.all()).isEqualTo(1612);
        assertThat(use.steps()).extracting(ArenaUse.Step::bytes).containsExactly(256L, 512L);
        assertThat(ArenaUse.of(List.of())).isEmpty();
    }

    @Test
    void sizesAreReadFromTheEnginesWords() {
        assertThat(KernelShapes.bytes("float[2,3] int64[] uint8[0,4] string[2]"))
                .containsExactly(OptionalLong.of(24), OptionalLong.of(8), OptionalLong.of(0), OptionalLong.empty());
    }
}
