package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import org.junit.jupiter.api.Test;

/// Operators that ONNX Runtime's optimizer and quantizers write.
class OrtOperatorsTest {
    @Test
    void aQuantizedWhereBroadcastsItsThreeTensors() {
        Analysed a = Analysed.graph(
                "(c: bool[n, 1], x: uint8[1, 4], y: uint8[1], s: float32[], z: uint8[]) -> (w)",
                "w = com.microsoft:QLinearWhere(c, x, s, z, y, s, z, s, z)");
        assertThat(a.type("w")).isEqualTo("uint8[n, 4]");
        assertThat(a.cost("w").flops().toString()).isEqualTo("(32 * n)");
    }

    @Test
    void aQuantizedMeanDropsItsAxes() {
        Analysed a = Analysed.graph(
                "(x: uint8[2, 3, 4], s: float32[], z: uint8[]) -> (m)",
                "m = com.microsoft:QLinearReduceMean(x, s, z, s, z) {axes = [-1], keepdims = 0}");
        assertThat(a.type("m")).isEqualTo("uint8[2, 3]");
        assertThat(a.cost("m").flops()).isEqualTo(Dim.of(3 * 24));
    }

    @Test
    void aProductWithFourBitWeightsIsWideByN() {
        Analysed a = Analysed.graph(
                "(x: float32[2, 3, 50], b: uint8[500], m: float32[16]) -> (y)",
                "y = com.microsoft:MatMulBnb4(x, b, m) {K = 50, N = 20, block_size = 64, quant_type = 1}");
        assertThat(a.type("y")).isEqualTo("float32[2, 3, 20]");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(6 * 50 * 20));
        assertThat(a.cost("y").flops()).isEqualTo(Dim.of(2 * 6 * 50 * 20 + 2 * 50 * 20));
    }

    @Test
    void aBlockedTensorGrowsByItsScales() {
        Analysed a = Analysed.graph(
                "(x: float32[1, 16, h, 5]) -> (y)",
                "y = com.microsoft.nchwc:Upsample(x) {mode = \"nearest\", scales = [1, 1, 2, 2]}");
        assertThat(a.type("y")).isEqualTo("float32[1, 16, (2 * h), 10]");
        assertThat(a.cost("y").flops()).isEqualTo(Dim.of(0));
    }

    @Test
    void aMixtureOfExpertsCostsTheExpertsOfEachToken() {
        Analysed a = Analysed.graph(
                "(x: float32[5, 8], r: float32[5, 4], u: float32[4, 16, 8], d: float32[4, 8, 16]) -> (y)",
                "y = com.microsoft:MoE(x, r, u, _, d) {k = 2}");
        assertThat(a.type("y")).isEqualTo("float32[5, 8]");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(5 * 2 * (16 * 8 + 8 * 16)));
    }

    @Test
    void packedExpertsCostTheWeightsThatTheyUnpackTo() {
        Analysed a = Analysed.graph(
                "(x: float32[5, 8], r: float32[5, 4], u: uint8[4, 16, 4], d: uint8[4, 8, 8], s: float32[4, 16],"
                        + " t: float32[4, 8]) -> (y)",
                "y = com.microsoft:QMoE(x, r, u, s, _, d, t) {k = 2, expert_weight_bits = 4}");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(5 * 2 * (16 * 8 + 8 * 16)));
    }

    @Test
    void aProductBeforeAnActivationMayBeTransposed() {
        Analysed a = Analysed.graph(
                "(x: float32[2, 3, 4], w: float32[5, 4]) -> (y)",
                "y = com.microsoft:FusedMatMulActivation(x, w) {activation = \"Relu\", transB = 1}");
        assertThat(a.type("y")).isEqualTo("float32[2, 3, 5]");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(2 * 3 * 4 * 5));
    }
}
