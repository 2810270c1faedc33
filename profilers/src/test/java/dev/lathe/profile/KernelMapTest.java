package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Kernels of the engine's graph go back to the layers of the source graph.
class KernelMapTest {
    private static final String HEAD = "model \"ONNX\" ir=8\nopset \"\" 17\n";

    private static Model model(String graph) throws LatheException {
        return GraphText.parse(HEAD + graph);
    }

    private static KernelEvent kernel(String node, String op, long start, long micros) {
        return new KernelEvent(
                node,
                op,
                "CPUExecutionProvider",
                Duration.ofNanos(1000 * start),
                Duration.ofNanos(1000 * micros),
                1,
                "",
                "",
                -1,
                -1,
                -1,
                -1);
    }

    private static TracedRun untimed(List<KernelEvent> kernels) {
        return new TracedRun(kernels, Duration.ZERO);
    }

    private static KernelMap map(Model source, Model optimized) {
        return KernelMap.of(Analysis.of(source, DimBindings.NONE, JobContext.quiet()), optimized);
    }

    /// Shown names of the layers with their part.
    private static Map<String, Double> layers(Model source, KernelMap.Shared shared) {
        Map<String, Double> named = new TreeMap<>();
        shared.parts()
                .forEach((id, part) ->
                        named.put(source.graph().node(id).orElseThrow().name(), part));
        return named;
    }

    @Test
    void aFusedKernelIsSharedByTheLayersBetweenTheTensorsThatRemain() throws Exception {
        Model source = model("""
                graph g (x: float32[8, 8]) -> (y: float32[8, 8]) {
                  const w = float32[8, 8] elided 256
                  const b = float32[8] elided 32
                  h = MatMul(x, w) as dense
                  a = Add(h, b) as bias
                  r = Relu(a) as act
                  y = Sigmoid(r) as last
                }
                """);
        Model optimized = model("""
                graph g (x: float32[8, 8]) -> (y: float32[8, 8]) {
                  const w = float32[8, 8] elided 256
                  const b = float32[8] elided 32
                  r = FusedGemm(x, w, b) as fused
                  y = Sigmoid(r) as last
                }
                """);
        List<KernelMap.Shared> shared = map(source, optimized)
                .share(List.of(kernel("fused", "FusedGemm", 0, 10), kernel("last", "Sigmoid", 10, 5)));
        assertThat(layers(source, shared.get(0))).containsOnlyKeys("dense", "bias", "act");
        assertThat(layers(source, shared.get(0)).get("dense"))
                .isGreaterThan(layers(source, shared.get(0)).get("bias"));
        assertThat(layers(source, shared.get(1))).containsExactly(Map.entry("last", 1.0));
    }

    /// Conv, BatchNormalization and Relu, of which the engine makes one Conv: its weights hold the normalization.
    private static final String CONV_BLOCK = """
                graph g (x: float32[1, 3, 16, 16]) -> (y: float32[1, 8, 16, 16]) {
                  const w = float32[8, 3, 3, 3] elided 864
                  const s = float32[8] elided 32
                  const b = float32[8] elided 32
                  const m = float32[8] elided 32
                  const v = float32[8] elided 32
                  c = Conv(x, w) {pads=ints[1, 1, 1, 1]} as conv
                  n = BatchNormalization(c, s, b, m, v) as norm
                  y = Relu(n) as act
                }
                """;

    @Test
    void aConvKeepsNearlyAllOfTheKernelThatDoesItsReluTooAndAFoldedNormalizationGetsNextToNothing() throws Exception {
        Model source = model(CONV_BLOCK);
        Model optimized = model("""
                graph g (x: float32[1, 3, 16, 16]) -> (y: float32[1, 8, 16, 16]) {
                  const w = float32[8, 3, 3, 3] elided 864
                  const b = float32[8] elided 32
                  y = FusedConv(x, w, b) as conv
                }
                """);
        Map<String, Double> parts = layers(
                source,
                map(source, optimized)
                        .share(List.of(kernel("conv", "FusedConv", 0, 10)))
                        .getFirst());
        assertThat(parts).containsOnlyKeys("conv", "norm", "act");
        assertThat(parts.get("conv")).isGreaterThan(0.95);
        assertThat(parts.get("norm")).isPositive().isLessThan(0.002).isLessThan(parts.get("act"));
        assertThat(parts.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void kernelsInAnotherLayoutStandForTheTensorsThatTheyAreNamedAfter() throws Exception {
        Model source = model("""
                graph g (x: float32[1, 8, 16, 16]) -> (y: float32[1, 8, 16, 16]) {
                  const w = float32[8, 8, 3, 3] elided 2304
                  c = Conv(x, w) {pads=ints[1, 1, 1, 1]} as conv
                  r = Relu(c) as act
                  d = Conv(r, w) {pads=ints[1, 1, 1, 1]} as deep
                  s = Relu(d) as again
                  y = Add(r, s) as sum
                }
                """);
        Model optimized = model("""
                graph g (x: float32[1, 8, 16, 16]) -> (y: float32[1, 8, 16, 16]) {
                  const w = float32[8, 8, 3, 3] elided 2304
                  reorder = Conv(x, w) as r_nchwc
                  reorder_1 = Conv(reorder, w) as s_nchwc
                  reorder_2 = Add(reorder, reorder_1) as sum
                  y = ReorderOutput(reorder_2) as back
                }
                """);
        List<KernelMap.Shared> shared = map(source, optimized)
                .share(List.of(
                        kernel("r_nchwc", "Conv", 0, 10),
                        kernel("s_nchwc", "Conv", 10, 10),
                        kernel("sum", "Add", 20, 2),
                        kernel("back", "ReorderOutput", 22, 2)));
        assertThat(layers(source, shared.get(0))).containsOnlyKeys("conv", "act");
        assertThat(layers(source, shared.get(1))).containsOnlyKeys("deep", "again");
        assertThat(layers(source, shared.get(2))).containsExactly(Map.entry("sum", 1.0));
        assertThat(layers(source, shared.get(3))).containsExactly(Map.entry("sum", 1.0));
    }

    @Test
    void kernelsInAnotherPrecisionStandForTheTensorsThatTheyAreNamedAfter() throws Exception {
        Model source = model("""
                graph g (x: float16[8, 8]) -> (y: float16[8, 8]) {
                  a = Relu(x) as first
                  b = Sigmoid(a) as second
                  y = Tanh(b) as third
                }
                """);
        Model optimized = model("""
                graph g (x: float16[8, 8]) -> (y: float16[8, 8]) {
                  w = Cast(x) as InsertedPrecisionFreeCast_x
                  InsertedPrecisionFreeCast_a = Relu(w) as first
                  reorder = Sigmoid(InsertedPrecisionFreeCast_a) as InsertedPrecisionFreeCast_b_nchwc
                  y = Tanh(reorder) as third
                }
                """);
        List<KernelMap.Shared> shared = map(source, optimized)
                .share(List.of(
                        kernel("first", "Relu", 0, 1),
                        kernel("InsertedPrecisionFreeCast_b_nchwc", "Sigmoid", 1, 1),
                        kernel("third", "Tanh", 2, 1)));
        assertThat(shared.stream().map(s -> layers(source, s)))
                .containsExactly(Map.of("first", 1.0), Map.of("second", 1.0), Map.of("third", 1.0));
    }

    @Test
    void aNormalizationThatTheEngineRunsItselfKeepsItsTime() throws Exception {
        Model source = model(CONV_BLOCK);
        List<KernelMap.Shared> shared = map(source, source)
                .share(List.of(
                        kernel("conv", "Conv", 0, 10),
                        kernel("norm", "BatchNormalization", 10, 5),
                        kernel("act", "Relu", 15, 5)));
        assertThat(shared).extracting(s -> s.parts().size()).containsExactly(1, 1, 1);
    }

    @Test
    void layersThatOnlyMoveDataShareByTheirBytes() throws Exception {
        Model source = model("""
                graph g (x: float32[8, 64]) -> (y: float32[8, 8]) {
                  const starts = int64[1] elided 8
                  const ends = int64[1] elided 8
                  t = Transpose(x) {perm=ints[1, 0]} as turn
                  u = Transpose(t) {perm=ints[1, 0]} as back
                  y = Gather(u, starts) as pick
                }
                """);
        Model optimized = model("""
                graph g (x: float32[8, 64]) -> (y: float32[8, 8]) {
                  y = Fused(x) as pick
                }
                """);
        Map<String, Double> parts = layers(
                source,
                map(source, optimized)
                        .share(List.of(kernel("pick", "Fused", 0, 10)))
                        .getFirst());
        assertThat(parts.get("turn")).isEqualTo(parts.get("back"));
        assertThat(parts.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aTensorThatTheEngineOnlyStillDeclaresIsNotWhereAConeEnds() throws Exception {
        Model source = model("""
                graph g (x: float32[8, 8]) -> (r: float32[8, 8]) {
                  const w = float32[8, 8] elided 256
                  const b = float32[8] elided 32
                  h = MatMul(x, w) as dense
                  a = Add(h, b) as bias
                  r = Relu(a) as act
                }
                """);
        Model optimized = model("""
                graph g (x: float32[8, 8]) -> (r: float32[8, 8]) {
                  const w = float32[8, 8] elided 256
                  const b = float32[8] elided 32
                  declare h: float32[8, 8]
                  declare a: float32[8, 8]
                  r = FusedGemm(x, w, b) as fused
                }
                """);
        List<KernelMap.Shared> shared = map(source, optimized).share(List.of(kernel("fused", "FusedGemm", 0, 10)));
        assertThat(layers(source, shared.getFirst())).containsOnlyKeys("dense", "bias", "act");
    }

    @Test
    void whatTheEngineComputedAtLoadGetsNoTime() throws Exception {
        Model source = model("""
                graph g (x: float32[8, 8]) -> (y: float32[8, 8]) {
                  const w = float32[8, 8] elided 256
                  t = Transpose(w) {perm = [1, 0]} as folded
                  y = MatMul(x, t) as dense
                }
                """);
        Model optimized = model("""
                graph g (x: float32[8, 8]) -> (y: float32[8, 8]) {
                  const other = float32[8, 8] elided 256
                  y = MatMul(x, other) as dense
                }
                """);
        List<KernelMap.Shared> shared = map(source, optimized).share(List.of(kernel("dense", "MatMul", 0, 10)));
        assertThat(layers(source, shared.getFirst())).containsOnlyKeys("dense");
    }

    @Test
    void aConstantPartThatTheEngineStillRunsKeepsItsOwnTime() throws Exception {
        Model same = model("""
                graph g (x: float32[8, 8]) -> (y: float32[8, 8]) {
                  const w = float32[8, 8] elided 256
                  t = Transpose(w) {perm = [1, 0]} as constant
                  y = MatMul(x, t) as dense
                }
                """);
        List<KernelMap.Shared> shared =
                map(same, same).share(List.of(kernel("constant", "Transpose", 0, 4), kernel("dense", "MatMul", 4, 10)));
        assertThat(layers(same, shared.get(0))).containsOnlyKeys("constant");
        assertThat(layers(same, shared.get(1))).containsOnlyKeys("dense");
    }

    @Test
    void kernelsInBlockedLayoutAreCalledByTheTensorThatTheyCompute() throws Exception {
        Model source = model("""
                graph g (x: float32[1, 8, 8, 8]) -> (y: float32[1, 32, 8, 8]) {
                  const w = float32[16, 8, 3, 3] elided 4608
                  const v = float32[16, 16, 3, 3] elided 9216
                  a = Conv(x, w) {pads = [1, 1, 1, 1]} as one
                  b = Relu(a) as act1
                  c = Conv(b, v) {pads = [1, 1, 1, 1]} as two
                  d = Relu(c) as act2
                  e = Conv(d, v) {pads = [1, 1, 1, 1]} as three
                  y = Concat(d, e) {axis = 1} as cat
                }
                """);
        // As ONNX Runtime 1.29 writes it; the first name was taken already.
        Model optimized = model("""
                graph g (x: float32[1, 8, 8, 8]) -> (y: float32[1, 32, 8, 8]) {
                  const w = float32[16, 8, 3, 3] elided 4608
                  const v = float32[16, 16, 3, 3] elided 9216
                  reorder = Conv(x, w) as b_nchwc_token_3
                  reorder_1 = Conv(reorder, v) as d_nchwc
                  reorder_2 = Conv(reorder_1, v) as e_nchwc
                  reorder_3 = Concat(reorder_1, reorder_2)
                  y = ReorderOutput(reorder_3) as ReorderOutput_token_4
                }
                """);
        List<KernelMap.Shared> shared = map(source, optimized)
                .share(List.of(
                        kernel("b_nchwc_token_3", "Conv", 0, 10),
                        kernel("d_nchwc", "Conv", 10, 20),
                        kernel("e_nchwc", "Conv", 30, 20),
                        kernel("Concat_5", "Concat", 50, 3),
                        kernel("ReorderOutput_token_4", "ReorderOutput", 53, 2)));
        assertThat(layers(source, shared.get(0))).containsOnlyKeys("one", "act1");
        assertThat(layers(source, shared.get(1))).containsOnlyKeys("two", "act2");
        assertThat(layers(source, shared.get(2))).containsOnlyKeys("three");
        assertThat(layers(source, shared.get(3))).containsOnlyKeys("cat");
        assertThat(layers(source, shared.get(4))).containsOnlyKeys("cat");
    }

    @Test
    void aChangeOfLayoutGoesToTheLayerThatItServes() throws Exception {
        Model source = model("""
                graph g (x: float32[1, 8, 4, 4]) -> (y: float32[1, 8, 4, 4]) {
                  const w = float32[8, 8, 1, 1] elided 256
                  c = Conv(x, w) as first
                  y = Conv(c, w) as second
                }
                """);
        Model optimized = model("""
                graph g (x: float32[1, 8, 4, 4]) -> (y: float32[1, 8, 4, 4]) {
                  const p = float32[8, 8, 1, 1] elided 256
                  i = ReorderInput(x) as reorder
                  j = ConvBlocked(i, p) as first_nchwc
                  k = ConvBlocked(j, p) as second_nchwc
                  y = ReorderOutput(k) as back
                }
                """);
        List<KernelMap.Shared> shared = map(source, optimized)
                .share(List.of(
                        kernel("reorder", "ReorderInput", 0, 1),
                        kernel("first_nchwc", "ConvBlocked", 1, 5),
                        kernel("second_nchwc", "ConvBlocked", 6, 5),
                        kernel("back", "ReorderOutput", 11, 1)));
        assertThat(shared.stream().map(s -> layers(source, s).keySet()))
                .containsExactly(Set.of("first"), Set.of("first"), Set.of("second"), Set.of("second"));
    }

    @Test
    void nodesWithTheSameNameOrNoneAreToldApartByTheirOrder() throws Exception {
        Model same = model("""
                graph g (x: float32[8]) -> (y: float32[8]) {
                  a = Relu(x) as twin
                  b = Sigmoid(a) as twin
                  c = Tanh(b)
                  y = Tanh(c)
                }
                """);
        List<KernelMap.Shared> shared = map(same, same)
                .share(List.of(
                        kernel("twin", "Relu", 0, 1),
                        kernel("twin", "Sigmoid", 1, 1),
                        kernel("Tanh_2", "Tanh", 2, 1),
                        kernel("Tanh_3", "Tanh", 3, 1)));
        assertThat(shared.stream().map(s -> s.parts().keySet().iterator().next()))
                .containsExactlyElementsOf(
                        same.graph().nodes().stream().map(n -> n.id()).toList());
    }

    @Test
    void theBodyOfALoopIsNotCountedBesideTheLoop() {
        List<KernelEvent> run = List.of(
                kernel("before", "Relu", 0, 5),
                kernel("body1", "Add", 5, 4),
                kernel("branch", "Mul", 9, 3),
                kernel("inner", "If", 9, 3),
                kernel("loop", "Loop", 5, 20),
                kernel("after", "Relu", 25, 5));
        assertThat(KernelNesting.of(run)).extracting(n -> n.kernel().node()).containsExactly("before", "loop", "after");
    }

    @Test
    void aKernelThatNoLayerStandsBehindCountsOutsideTheLayers() throws Exception {
        Model same = model("graph g (x: float32[8]) -> (y: float32[8]) {\n y = Relu(x) as act\n}\n");
        LayerTimes times = new LayerTimes(same.graph(), map(same, same));
        times.add(untimed(List.of(kernel("act", "Relu", 0, 6), kernel("stranger", "Copy", 6, 2))));
        LayerSums sums = times.against(Duration.ofNanos(10_000), Duration.ofNanos(10_000));
        assertThat(sums.inLayers()).isEqualTo(Duration.ofNanos(6000));
        assertThat(sums.outside()).isEqualTo(Duration.ofNanos(4000));
        assertThat(times.unmappedKernels()).containsExactly("stranger");
    }

    @Test
    void kernelsThatTogetherTookLongerThanARunAreCorrectedByOneFactor() throws Exception {
        Model same =
                model("graph g (x: float32[8]) -> (y: float32[8]) {\n a = Relu(x) as one\n y = Tanh(a) as two\n}\n");
        LayerTimes times = new LayerTimes(same.graph(), map(same, same));
        times.add(untimed(List.of(kernel("one", "Relu", 0, 9), kernel("two", "Tanh", 9, 3))));
        LayerSums sums = times.against(Duration.ofNanos(10_000), Duration.ofNanos(10_000));
        assertThat(sums.scale()).isCloseTo(10.0 / 12, within(1e-9));
        assertThat(sums.layers().values())
                .extracting(OpStats::typical)
                .containsExactlyInAnyOrder(Duration.ofNanos(7500), Duration.ofNanos(2500));
        assertThat(sums.outside()).isZero();
    }

    @Test
    void whateverTheEngineFusesNothingIsLostAndNothingCountedTwice() throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int length = 3 + random.nextInt(30);
            Model source = chain(length, new HashSet<>());
            Set<Integer> fused = new HashSet<>();
            for (int i = 0; i < length - 1; i++) {
                if (random.nextInt(3) > 0) {
                    fused.add(i);
                }
            }
            Model optimized = chain(length, fused);
            List<KernelEvent> run = new ArrayList<>();
            long at = 0;
            for (var n : optimized.graph().nodes()) {
                long micros = random.nextInt(50);
                run.add(kernel(n.name(), n.op(), at, micros));
                at += micros;
            }
            LayerTimes times = new LayerTimes(source.graph(), map(source, optimized));
            times.add(untimed(run));
            LayerSums sums = times.against(Duration.ofNanos(1000 * at + 77_000), Duration.ofNanos(1000 * at + 77_000));
            long layers = sums.layers().values().stream()
                    .mapToLong(s -> s.typical().toNanos())
                    .sum();
            assertThat((double) layers).as("seed %d", seed).isCloseTo(1000.0 * at, within(length * 1.0));
            assertThat(sums.inLayers().plus(sums.outside())).isEqualTo(sums.total());
            assertThat(sums.layers().values().stream().filter(s -> s.kernels().isEmpty()))
                    .as("every layer of a chain has a kernel")
                    .isEmpty();
            Set<NodeId> all = new HashSet<>();
            source.graph().nodes().forEach(n -> all.add(n.id()));
            assertThat(sums.layers().keySet()).isEqualTo(all);
        }
    }

    /// x → t0 → t1 → … → y, without the tensors `fused`.
    private static Model chain(int length, Set<Integer> fused) throws LatheException {
        StringBuilder text = new StringBuilder("graph g (x: float32[4]) -> (t" + (length - 1) + ": float32[4]) {\n");
        String from = "x";
        for (int i = 0; i < length; i++) {
            if (!fused.contains(i)) {
                text.append("  t")
                        .append(i)
                        .append(" = Relu(")
                        .append(from)
                        .append(") as n")
                        .append(i)
                        .append('\n');
                from = "t" + i;
            }
        }
        return model(text.append("}\n").toString());
    }
}
