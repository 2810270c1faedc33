package dev.lathe.profile;

import static dev.lathe.profile.KernelMaps.kernel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Kernels inside If, Loop and Scan go to the layers inside them.
class BodyKernelsTest {
    private static final String BRANCHES = """
            model "ONNX" ir=8
            opset "" 17
            graph g (x: float32[8, 8], c: bool[]) -> (z: float32[8, 8]) {
              const w = float32[8, 8] elided 256
              y = If(c) {then_branch = graph yes () -> (a) {
                h = MatMul(x, w) as dense
                a = Relu(h) as act
              }, else_branch = graph no () -> (b) {
                m = MatMul(x, w) as dense
                n = Add(m, w) as bias
                b = Tanh(n) as act
              }} as choose
              z = Sigmoid(y) as last
            }
            """;

    private static Model model(String text) throws LatheException {
        return GraphText.parse(text);
    }

    private static TracedRun run(long wallMicros, KernelEvent... ended) {
        return new TracedRun(List.of(ended), Duration.ofNanos(1000 * wallMicros));
    }

    private static LayerTimes times(Model source, Model optimized, TracedRun... runs) {
        LayerTimes times = new LayerTimes(
                source.graph(), KernelMap.of(Analysis.of(source, DimBindings.NONE, JobContext.quiet()), optimized));
        Arrays.asList(runs).forEach(times::add);
        return times;
    }

    /// µs by body and name, of what was measured.
    private static Map<String, Long> micros(Model source, LayerSums sums) {
        Map<String, Long> found = new TreeMap<>();
        source.graph().forEachGraph(g -> {
            for (Node n : g.nodes()) {
                if (sums.layers().containsKey(n.id())) {
                    long nanos = sums.layers().get(n.id()).typical().toNanos();
                    found.merge(g.name() + "/" + n.name(), nanos / 1000, Long::sum);
                }
            }
        });
        return found;
    }

    private static LayerSums unscaled(LayerTimes times) {
        return times.against(Duration.ZERO, Duration.ZERO);
    }

    @Test
    void theLayersOfTheBranchThatRanHaveTimesAndTheIfKeepsWhatTheyLeave() throws Exception {
        Model m = model(BRANCHES);
        LayerTimes times = times(
                m,
                m,
                run(
                        33,
                        kernel("dense", "MatMul", 2, 10),
                        kernel("bias", "Add", 12, 5),
                        kernel("act", "Tanh", 17, 4),
                        kernel("choose", "If", 1, 21),
                        kernel("last", "Sigmoid", 22, 8)));
        LayerSums sums = unscaled(times);
        assertThat(micros(m, sums))
                .as("the branch that was not taken has no time, not even zero")
                .containsExactly(
                        Map.entry("g/choose", 2L),
                        Map.entry("g/last", 8L),
                        Map.entry("no/act", 4L),
                        Map.entry("no/bias", 5L),
                        Map.entry("no/dense", 10L));
        assertThat(sums.inLayers()).isEqualTo(Duration.ofNanos(29_000));
        assertThat(times.unmappedKernels()).isEmpty();
    }

    @Test
    void aKernelThatTheEngineFusedInABranchIsSharedByTheLayersThere() throws Exception {
        Model source = model(BRANCHES);
        Model optimized = model("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[8, 8], c: bool[]) -> (z: float32[8, 8]) {
                  const w = float32[8, 8] elided 256
                  y = If(c) {then_branch = graph yes () -> (a) {
                    a = FusedGemm(x, w) as fused
                  }, else_branch = graph no () -> (b) {
                    n = FusedGemm(x, w) as fused
                    b = Tanh(n) as act
                  }} as choose
                  z = Sigmoid(y) as last
                }
                """);
        LayerSums sums = unscaled(times(
                source,
                optimized,
                run(
                        20,
                        kernel("fused", "FusedGemm", 2, 10),
                        kernel("choose", "If", 1, 12),
                        kernel("last", "Sigmoid", 13, 4))));
        Map<String, Long> micros = micros(source, sums);
        assertThat(micros).containsOnlyKeys("g/choose", "g/last", "yes/act", "yes/dense");
        assertThat(micros.get("yes/dense")).isGreaterThan(micros.get("yes/act"));
        assertThat(sums.inLayers()).isEqualTo(Duration.ofNanos(16_000));
    }

    @Test
    void everyTurnOfALoopCountsForTheLayersOfItsBody() throws Exception {
        Model m = model("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[8], t: int64[]) -> (y: float32[8]) {
                  y = Loop(t, _, x) {body = graph body (i: int64[], c: bool[], v: float32[8]) -> (k, w) {
                    k = Identity(c) as keep
                    u = Relu(v) as twin
                    w = Tanh(u) as twin
                  }} as loop
                }
                """);
        LayerSums sums = unscaled(times(
                m,
                m,
                run(
                        60,
                        kernel("keep", "Identity", 1, 1),
                        kernel("twin", "Relu", 2, 3),
                        kernel("twin", "Tanh", 5, 7),
                        kernel("keep", "Identity", 12, 1),
                        kernel("twin", "Relu", 13, 3),
                        kernel("twin", "Tanh", 16, 7),
                        kernel("loop", "Loop", 0, 25))));
        List<Long> micros = m.graph().nodes().getFirst().subgraphs().getFirst().nodes().stream()
                .map(n -> sums.layers().get(n.id()).typical().toNanos() / 1000)
                .toList();
        assertThat(micros).containsExactly(2L, 6L, 14L);
        assertThat(micros(m, sums)).containsEntry("g/loop", 3L);
    }

    @Test
    void aBranchInsideABranchIsFoundAndNothingIsCountedTwice() throws Exception {
        Model m = model("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[8], c: bool[]) -> (y: float32[8]) {
                  y = If(c) {then_branch = graph outer () -> (a) {
                    r = Relu(x) as first
                    a = If(c) {then_branch = graph inner () -> (p) {
                      p = Tanh(r) as deep
                    }, else_branch = graph never () -> (q) {
                      q = Exp(r) as deep
                    }} as again
                  }, else_branch = graph other () -> (b) {
                    b = Exp(x) as first
                  }} as choose
                }
                """);
        LayerTimes times = times(
                m,
                m,
                run(
                        20,
                        kernel("first", "Relu", 1, 3),
                        kernel("deep", "Tanh", 5, 6),
                        kernel("stranger", "Copy", 11, 1),
                        kernel("again", "If", 5, 8),
                        kernel("choose", "If", 0, 14)));
        LayerSums sums = unscaled(times);
        assertThat(micros(m, sums))
                .as("what no layer stands behind stays with the node that runs it")
                .containsExactly(
                        Map.entry("g/choose", 3L),
                        Map.entry("inner/deep", 6L),
                        Map.entry("outer/again", 2L),
                        Map.entry("outer/first", 3L));
        assertThat(sums.inLayers()).isEqualTo(Duration.ofNanos(14_000));
        assertThat(sums.coverage()).hasValue(0.7);
        assertThat(times.unmappedKernels()).isEmpty();
    }

    @Test
    void whatTheProfilerDoesBetweenTheKernelsOfABodyIsNotTheIfs() throws Exception {
        Model m = model(BRANCHES);
        // 5 kernels, 25 µs slower than without profiling: 5 µs for each, three of them inside the If.
        LayerTimes times = times(
                m,
                m,
                run(
                        60,
                        kernel("dense", "MatMul", 2, 10),
                        kernel("bias", "Add", 17, 5),
                        kernel("act", "Tanh", 27, 4),
                        kernel("choose", "If", 1, 36),
                        kernel("last", "Sigmoid", 42, 8)));
        LayerSums sums = times.against(Duration.ofNanos(35_000), Duration.ofNanos(35_000));
        assertThat(micros(m, sums)).containsEntry("g/choose", 2L).containsEntry("no/dense", 10L);
        assertThat(sums.outside()).isEqualTo(Duration.ofNanos(6_000));
        assertThat(sums.scale()).isEqualTo(1);
    }
}
