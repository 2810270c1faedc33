package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Operators that ONNX Runtime and its quantizers write into the models they save; the figures are ONNX Runtime's.
class RuntimeOpsTest {

    @Test
    void theConvolutionBehindTellsHowFarABlockedLayoutFillsItsChannels() {
        Analysed a = saved(
                "(x: float32[n, 24, 5, w], k: float32[32, 32, 1, 1], b: float32[32]) -> (y)",
                "r = com.microsoft.nchwc:ReorderInput(x)",
                "c = com.microsoft.nchwc:Conv(r, k, b)",
                "y = com.microsoft.nchwc:ReorderOutput(c) {channels = 20}");
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("r")).isEqualTo("float32[n, 32, 5, w]");
        assertThat(a.type("c")).isEqualTo("float32[n, 32, 5, w]");
        assertThat(a.type("y")).isEqualTo("float32[n, 20, 5, w]");
        assertThat(a.analysis().freeDims()).containsOnlyKeys("n", "w");
        assertThat(a.with(Map.of("n", 1L, "w", 3L)).total().macs()).isEqualTo(Dim.of(32 * 15 * 32));
    }

    @ParameterizedTest(name = "{0} channels in a convolution of {1}")
    @CsvSource({"8, 8", "8, 16", "16, 16", "20, 24", "20, 32", "24, 24", "28, 32", "32, 32", "40, 48"})
    void channelsAreFilledUpToBlocksOf8OrOf16(long channels, long blocked) {
        Analysed a = saved(
                "(x: float32[1, " + channels + ", 5, 5], k: float32[16, " + blocked + ", 1, 1]) -> (c)",
                "r = com.microsoft.nchwc:ReorderInput(x)",
                "c = com.microsoft.nchwc:Conv(r, k)");
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("r")).isEqualTo("float32[1, " + blocked + ", 5, 5]");
        assertThat(a.analysis().freeDims()).isEmpty();
    }

    @Test
    void aReorderTurnsChannelsThatComeLast() {
        Analysed a = saved(
                "(x: float32[n, 172, 36, 30]) -> (y)",
                "r = com.microsoft.nchwc:ReorderInput(x) {channels_last = 1}",
                "y = com.microsoft.nchwc:ReorderOutput(r) {channels = 30, channels_last = 1}");
        assertThat(a.type("r")).isEqualTo("float32[n, 32, 172, 36]");
        assertThat(a.type("y")).isEqualTo("float32[n, 172, 36, 30]");
        assertThat(a.problems()).isEmpty();
    }

    @Test
    void quantizedOperatorsWithChannelsLastHaveShapesAndCosts() {
        Analysed a = saved(
                "(x: uint8[n, 28, 28, 2], s: float32[], z: uint8[], w: int8[16, 1, 3, 3], wz: int8[]) -> (g)",
                "c = com.microsoft:QLinearConv(x, s, z, w, s, wz, s, z)"
                        + " {channels_last = 1, group = 2, pads = [1, 1, 0, 1], strides = [1, 2]}",
                "m = com.microsoft:NhwcMaxPool(c) {kernel_shape = [2, 2], strides = [2, 2]}",
                "p = com.microsoft:QLinearAveragePool(m, s, z, s, z) {kernel_shape = [3, 2], channels_last = 1}",
                "g = com.microsoft:QLinearGlobalAveragePool(p, s, z, s, z) {channels_last = 1}");
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("c")).isEqualTo("uint8[n, 27, 14, 16]");
        assertThat(a.type("m")).isEqualTo("uint8[n, 13, 7, 16]");
        assertThat(a.type("p")).isEqualTo("uint8[n, 11, 6, 16]");
        assertThat(a.type("g")).isEqualTo("uint8[n, 1, 1, 16]");
        Analysed one = a.with(Map.of("n", 1L));
        assertThat(one.cost("c").macs()).isEqualTo(Dim.of(27 * 14 * 16 * 9));
        assertThat(one.cost("p").flops()).isEqualTo(Dim.of(11 * 6 * 16 * 6));
        assertThat(one.cost("g").flops()).isEqualTo(Dim.of(11 * 6 * 16));
    }

    @Test
    void channelsThatComeLastMustBeThoseOfTheWeight() {
        Analysed a = saved(
                "(x: uint8[1, 28, 28, 3], s: float32[], z: uint8[], w: int8[16, 2, 3, 3], wz: int8[]) -> (c)",
                "c = com.microsoft:QLinearConv(x, s, z, w, s, wz, s, z) {channels_last = 1}");
        assertThat(a.problems()).singleElement().asString().contains("sizes 3 and 2 must be equal");
    }

    @Test
    void theWeightsOfAQuantizedLstmLieTransposed() {
        Analysed a = saved(
                "(x: float32[t, n, 32], w: int8[2, 32, 512], r: int8[2, 128, 512], b: float32[2, 1024],"
                        + " ws: float32[2], wz: int8[2]) -> (y, h, c)",
                "y, h, c = com.microsoft:DynamicQuantizeLSTM(x, w, r, b, _, _, _, _, ws, wz, ws, wz)"
                        + " {direction = \"bidirectional\", hidden_size = 128}");
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("y")).isEqualTo("float32[t, 2, n, 128]");
        assertThat(a.type("h")).isEqualTo("float32[2, n, 128]");
        assertThat(a.type("c")).isEqualTo("float32[2, n, 128]");
        Analysed set = a.with(Map.of("t", 3L, "n", 1L));
        assertThat(set.cost("y").macs()).isEqualTo(Dim.of(3 * 2 * 512 * (32 + 128)));
        assertThat(set.cost("y").flops()).isEqualTo(Dim.of(2 * 3 * 2 * 512 * (32 + 128) + 3 * 2 * 128 * 30));
    }

    @Test
    void whatIsLeftOfATensorThatWasOptimizedAwayOpensNoSize() {
        Analysed a = saved("(x: float32[n, 3]) -> (y)", "declare gone: float32[unk__0, 3]", "y = Relu(x)");
        assertThat(a.analysis().openDims()).isEmpty();
    }

    @Test
    void whatAScanCarriesIsAsItWentInWhateverItsBodyDeclares() {
        Analysed a = Analysed.graph(
                "(s: float32[2, 4], x: float32[5, 4]) -> (z, y)",
                "z, y = Scan(s, x) {body = graph b (t: float32[N, 4], v: float32[4]) -> (u: float32[N, 4], o: float32[4]) {",
                "  u = Add(t, v)",
                "  o = Neg(v)",
                "}, num_scan_inputs = 1}");
        assertThat(a.type("z")).isEqualTo("float32[2, 4]");
        assertThat(a.type("y")).isEqualTo("float32[5, 4]");
    }

    private static Analysed saved(String signature, String... lines) {
        return Analysed.model(
                Map.of(),
                "model \"ONNX\" ir=10\nopset \"\" 17\nopset \"com.microsoft\" 1\nopset \"com.microsoft.nchwc\" 1\n"
                        + "graph g " + signature + " {\n" + String.join("\n", lines) + "\n}\n");
    }
}
