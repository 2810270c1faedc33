package dev.lathe.profile;

import static dev.lathe.profile.KernelMaps.kernel;
import static dev.lathe.profile.KernelMaps.layers;
import static dev.lathe.profile.KernelMaps.map;
import static dev.lathe.profile.KernelMaps.model;
import static dev.lathe.profile.KernelMaps.untimed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kernels of the engine's graph go back to the layers of the source graph.
class KernelMapTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"Scan", "BeamSearch", "WhisperBeamSearch", "GreedySearch", "Sampling"})
    void norIsTheDecoderThatASearchRuns(String search) {
        List<KernelEvent> run = List.of(
                kernel("before", "Relu", 0, 5),
                kernel("step1", "MatMul", 6, 4),
                kernel("step2", "MatMul", 12, 4),
                kernel("search", search, 5, 20),
                kernel("after", "Relu", 25, 5));
        assertThat(KernelNesting.of(run))
                .extracting(n -> n.kernel().node())
                .containsExactly("before", "search", "after");
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
