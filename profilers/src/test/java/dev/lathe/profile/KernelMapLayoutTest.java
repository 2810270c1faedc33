package dev.lathe.profile;

import static dev.lathe.profile.KernelMaps.kernel;
import static dev.lathe.profile.KernelMaps.layers;
import static dev.lathe.profile.KernelMaps.map;
import static dev.lathe.profile.KernelMaps.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Model;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Kernels of a graph that the engine laid out otherwise or computes in another precision than the source graph says.
class KernelMapLayoutTest {
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
}
