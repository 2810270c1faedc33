package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Operators of com.microsoft that ONNX Runtime has kernels for on some device: their types as its documentation has
/// them (docs/ContribOperators.md), and what they cost. Those with a kernel on the CPU are also run, in the profilers.
class ContribOperatorsTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            x: float32[n, 9, 7, 4], w: float32[8, 2, 3, 3] | y = NhwcConv(x, w) {group = 2, pads = [1, 1, 1, 1]} | float32[n, 9, 7, 8] | (18144 * n)
            x: float32[1, 5, 5, 2], w: float32[3, 2, 3, 3], b: float32[3] | y = NhwcFusedConv(x, w, b) {activation = "Relu"} | float32[1, 3, 3, 3] | 1053
            a: float32[4, 2, 3], b: float32[2, 3, 5] | y = FusedMatMul(a, b) {transBatchA = 1} | float32[2, 4, 5] | 240
            a: float32[3, 2, 4], b: float32[5, 2, 3] | y = FusedMatMul(a, b) {transA = 1, transBatchA = 1, transB = 1, transBatchB = 1} | float32[2, 4, 5] | 240
            x: float32[2, 3, 8], g: float32[8] | z, y = SkipLayerNormalization(x, x, g) | float32[2, 3, 1] | 480
            q: float32[2, 3, 16], k: float32[2, 5, 16], v: float32[2, 5, 24] | z, y, u = MultiHeadAttention(q, k, v) {num_heads = 4} | float32[2, 4, 5, 4] | 3360
            q: float32[2, 3, 16], k: float32[2, 5, 16], v: float32[2, 5, 24] | z, y0, u, y = MultiHeadAttention(q, k, v) {num_heads = 4} | float32[2, 4, 3, 5] | 3360
            a: float32[3, 4], b: float32[5, 4] | y = CDist(a, b) | float32[3, 5] | 180
            a: float32[3, 4], b: float32[5, 4] | y = CDist(a, b) {metric = "euclidean"} | float32[3, 5] | 240
            a: float32[3, 1, 2], b: float32[5, 2] | y = ComplexMul(a, b) | float32[3, 5, 2] | 90
            a: float32[2], b: float32[5, 2] | y = ComplexMulConj(a, b) | float32[5, 2] | 30
            x: float32[n, 3, 6, 6], r: float32[k, 4], i: int32[k], s: int32[2] | y = CropAndResize(x, r, i, s) | float32[k, 3, y_d2, y_d3] | (24 * ((k * y_d2) * y_d3))
            x: float32[4], i: int32[] | y = ExpandDims(x, i) | float32[?, ?] | 0
            x: float32[2, 3], y0: float32[2, 3], g: float32[2, 1] | y = GatedAdd(x, y0, g) | float32[2, 3] | 12
            x: float32[2, 6], s: float32[3], g: float32[2, 6] | y = GatedRMSNorm(x, s, g) | float32[2, 6] | 120
            a: float8e4m3fn[3, 4], b: float8e4m3fn[5, 4] | y = GemmFloat8(a, b) {dtype = 10, transB = 1} | float16[3, 5] | 120
            x: float32[2, 8] | y = Rfft(x) {onesided = 1, signal_ndim = 1} | float32[2, 5, 2] | 120
            x: float32[2, 5, 2] | y = Irfft(x) {signal_ndim = 1} | float32[2, 8] | 120
            x: float32[2, 3], z: float32[4] | y = IsAllFinite(x, z) | bool[] | 10
            x: float32[b, s, 64] | y = SampleOp(x) | float32[b, s, 64] | 0
            t: float16[2, 5], o: int32[2, 7] | y = RestorePadding(t, o) | float16[2, 7, 5] | 0
            w: float32[9, 4], i: int64[2, k] | y = TorchEmbedding(w, i) | float32[2, k, 4] | 0
            x: float32[2, 9] | y = UnfoldTensor(x) {size = 3, step = 2} | float32[2, 4, 3] | 0
            a: uint8[2, 1], b: uint8[3], z: uint8[] | y = MulInteger(a, z, b, z) | int32[2, 3] | 18
            x: uint8[2, 3, 4] | y = ReduceSumInteger(x) {axes = [1], keepdims = 0} | uint32[2, 4] | 24
            x: int64[2, 3] | y = MurmurHash3(x) {positive = 0} | int32[2, 3] | 186
            x: string[2, 3] | y = MurmurHash3(x) | uint32[2, 3] | ?
            i: int64[2, 5], s: float32[2, 40] | y = NGramRepeatBlock(i, s) {ngram_size = 3} | float32[2, 40] | 12
            i: int64[2, 5], m: int64[3], v: int64[8] | y = NGramHashMapping(i, m, v) {max_ngram_size = 3, n_head_per_ngram = 4, pad_id = 0} | int64[2, 5, 8] | 130
            x: float32[1, 2, 6, 6], m: int32[1, 2, 6, 6] | y = MaxpoolWithMask(x, m) {kernel_shape = [2, 2], strides = [2, 2]} | float32[1, 2, 3, 3] | 144
            a: float16[2, 3, 8], b: uint8[5, 4], s: uint8[5, 1], g: float32[] | y = MatMulBlockQuantizedFp4Weight(a, b, s, g) | float16[2, 3, 5] | 560
            a: float16[2, 3, 8], b: float8e4m3fn[5, 8], s: float32[5, 1] | y = MatMulBlockQuantizedFp8Weight(a, b, s) | float16[2, 3, 5] | 520
            x: float32[2, 4, 8, 8], g: float32[2, 3, 5, 2] | y = GridSample(x, g) | float32[2, 4, 3, 5] | 960
            s: int32[7, 12], w: float32[6, 1, 3, 4], b: float32[6], c: float32[30, 4] | y = WordConvEmbedding(s, w, b, c) | float32[7, 6] | 12180
            x: string[n, 3] | y = Tokenizer(x) {mark = 0, mincharnum = 1, pad_value = "#", separators = [" "]} | string[n, 3, y_d2] | ?
            x: float32[6, 5] | y = DynamicTimeWarping(x) | int32[2, y_d1] | 90
            x: float32[1, 8, 6], k: float32[8, 1, 3] | y = CausalConvWithState(x, k) {activation = "silu"} | float32[1, 8, 6] | 528
            e: float32[2, 5, 4], q: float16[2, 3, 5, 4] | y, z = GemmaRotaryEmbedding(e, q, q, q, q) | float16[2, 3, 5, 4] | 1040
            x: float16[2, 7, 64], p: int64[3, 2, 7], c: float16[100, 8] | y = MRotaryEmbedding(x, p, c, c) {mrope_section = [4, 2, 2]} | float16[2, 7, 64] | 2688
            b: float32[32, 4], q: int64[1], k: int64[1] | y = RelativePositionBias(b, q, k) {max_distance = 128} | float32[1, 4, y_d2, y_d3] | (40 * (y_d2 * y_d3))
            x: float16[t, 64], w: float16[64, 192], b: float16[192], o: int32[2, 9], l: int32[3] | y = PackedAttention(x, w, b, o, l) {num_heads = 4} | float16[t, 64] | ?
            q: float16[t, 4, 3, 16], o: int32[2, 9], l: int32[3] | y = PackedMultiHeadAttention(q, _, _, _, o, l) {num_heads = 4} | float16[t, 64] | ?
            q: float16[t, 96], k: float16[20, 8, 2, 16], i: int32[b] | y, u, v = PagedAttention(q, _, _, k, k, i, i, i) {kv_num_heads = 1, num_heads = 4} | float16[t, 64] | ?
            q: float16[t, 64], k: float16[20, 8, 1, 16], i: int32[b] | y, u = PagedAttention(q, _, _, k, _, i, i, i) {kv_num_heads = 1, num_heads = 4, kv_cache_layout = "LATENT", v_head_size = 12} | float16[t, 48] | ?
            q: float16[2, 7, 96], k: float16[2, 1, 50, 16], i: int32[2, 3] | y, u, v = SparseAttention(q, _, _, k, k, i, i, i, i) {kv_num_heads = 1, num_heads = 4, sparse_block_size = 16} | float16[2, 7, 64] | ?
            x: float32[2, 64, 32], w: float32[32, 96], b: float32[96], m: float32[2, 64], g: int32[2, 64] | y = LongformerAttention(x, w, b, m, w, b, g) {num_heads = 4, window = 8} | float32[2, 64, 32] | ?
            x: int8[2, 5, 8], w: int8[8, 8], s: float32[], b: float32[8] | y = QOrderedAttention(x, s, s, s, s, w, w, w, s, s, s, b, b, b, _, _, s) {num_heads = 2, order_input = 1, order_output = 1, order_weight = 0} | int8[2, 5, 8] | 6720
            q: float32[5, 2, 8], v: float32[5, 4, 6], s: float32[1, 4, 6, 8] | y, u = GatedDeltaNet(q, q, v, _, _, _, s) {update_rule = "linear"} | float32[5, 4, 6] | 3960
            q: float32[2, 5, 16], v: float32[2, 5, 24] | y, u = LinearAttention(q, q, v) {kv_num_heads = 2, q_num_heads = 2, update_rule = "linear"} | float32[2, 5, 24] | 7920
            a: float32[2, 5, 4], h: float32[4] | y, z = LinearAttentionGate(a, h, h, a) | float32[2, 5, 4] | 600
            q: float32[2, 5, 12], b: float32[12], r: float32[1, 3, 5, 5], w: float32[4, 8], d: float32[8], e: float32[1, 3, 1, 1] | y = GatedRelativePositionBias(q, b, r, w, d, e) {num_heads = 3} | float32[2, 3, 5, 5] | 3000
            k: float32[2, 5, 3, 8], v: float32[2, 5, 8], s: float32[3, 8] | y = EngramGate(k, k, v, s, s) | float32[2, 5, 3, 8] | 3000
            x: float32[2, 40], b: float32[40] | y, m = BiasDropout(x, b) | float32[2, 40] | 80
            """)
    void anOperatorHasItsTypeAndCost(String inputs, String node, String type, String flops) {
        Analysed a = graph(inputs, node);
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("y")).isEqualTo(type);
        assertThat(a.cost("y").flops().toString()).isEqualTo(flops);
    }

    private static Analysed graph(String inputs, String node) {
        String op = node.replaceFirst("= ", "= com.microsoft:");
        String outputs = node.substring(0, node.indexOf(" ="));
        return Analysed.model(
                Map.of(),
                "model \"ONNX\" ir=10\nopset \"\" 21\nopset \"com.microsoft\" 1\ngraph g (" + inputs + ") -> ("
                        + outputs + ") {\n" + op + "\n}\n");
    }

    @Test
    void aMaskOfBitsHasAWordForEach32() {
        Analysed a = graph("x: float32[2, 40]", "y, m = BitmaskDropout(x)");
        assertThat(a.type("m")).isEqualTo("uint32[3]");
        a = graph("x: float32[2, 40], b: float32[40], r: float32[2, 40]", "y, m = BitmaskBiasDropout(x, b, r)");
        assertThat(a.type("m")).isEqualTo("uint32[3]");
        assertThat(a.cost("y").flops()).isEqualTo(Dim.of(160));
    }

    /// 7 rows of 1024 numbers of 4 bits, 8 scales for each row, and the indices.
    @Test
    void rowsOfAQuantizedTableAreReadAsTheyAreStored() {
        Analysed a = graph(
                "t: uint4[1000, 1024], i: int64[7], s: float32[1000, 8]",
                "y = GatherBlockQuantized(t, i, s) {block_size = 128, quantize_axis = 1}");
        assertThat(a.type("y")).isEqualTo("float32[7, 1024]");
        assertThat(a.cost("y").bytesRead()).isEqualTo(Dim.of(7 * 1024 / 2 + 7 * 8 * 4 + 7 * 8));
        a = graph(
                "t: uint8[1000, 512], i: int64[n], s: float16[1000, 8], z: uint8[1000, 4]",
                "y = GatherBlockQuantized(t, i, s, z) {block_size = 128, quantize_axis = 1}");
        assertThat(a.cost("y").bytesRead().toString()).isEqualTo("(%d * n)".formatted(512 + 8 * 2 + 4 + 8));
        a = graph(
                "t: int4[1000, 48], i: int64[10], s: float32[1000, 2]",
                "y = GatherBlockQuantized(t, i, s) {block_size = 32, quantize_axis = 1}");
        assertThat(a.cost("y").bytesRead())
                .as("a row is no multiple of a block")
                .isEqualTo(Dim.of(240 + 80 + 80));
        a = graph(
                "t: int4[1024, 8], i: int64[1], s: float32[64, 8]",
                "y = GatherBlockQuantized(t, i, s) {block_size = 16, quantize_axis = 0}");
        assertThat(a.cost("y").bytesRead()).as("blocks along the gathered axis").isEqualTo(Dim.of(4 + 32 + 8));
    }

    @Test
    void statesThatAreCarriedHaveTheirPlacesAndWindows() {
        Analysed a = graph(
                "x: float32[n, 8, 6], k: float32[8, 1, 3]",
                "y, s = CausalConvWithState(x, k) {dilation = 2, state_window = 5}");
        assertThat(a.type("s")).isEqualTo("float32[5, n, 8, 4]");
        a = graph(
                "x: float32[n, 6, 2, 4], k: float32[8, 1, 3]", "y, s = CausalConvWithState(x, k) {channels_last = 1}");
        assertThat(a.type("s")).isEqualTo("float32[n, 2, 2, 4]");
        a = graph("x: float32[n, 8, 9, 6], k: float32[8, 1, 3, 2]", "y, s = CausalConvWithState(x, k) {ndim = 2}");
        assertThat(a.type("s")).isEqualTo("float32[n, 8, 9, 1]");
        a = graph(
                "x: float32[t, 8], k: float32[8, 1, 3], l: int32[4], i: float32[3, 8, 2], u: int32[3]",
                "y, s, p = VarlenCausalConvWithState(x, k, l, _, i, u) {state_update_capacity = 2}");
        assertThat(a.type("s")).isEqualTo("float32[3, 8, 2]");
        assertThat(a.type("p")).isEqualTo("float32[3, 2, 8]");
        a = graph(
                "q: float32[2, 5, 16], v: float32[2, 5, 24]",
                "y, s = LinearAttention(q, q, v) {kv_num_heads = 4, q_num_heads = 2, state_window = 3}");
        assertThat(a.type("y")).isEqualTo("float32[2, 5, 24]");
        assertThat(a.type("s")).isEqualTo("float32[3, 2, 4, 8, 6]");
    }

    @Test
    void aCacheGrowsUnlessItIsSharedWithWhatComesOut() {
        String inputs =
                "x: float16[2, 1, 64], w: float16[64, 192], b: float16[192], p: float16[2, 2, 4, 9, 16], l: int32[]";
        Analysed a = graph(inputs, "y, s = DecoderMaskedSelfAttention(x, w, b, _, p, _, l) {num_heads = 4}");
        assertThat(a.type("y")).isEqualTo("float16[2, 1, 64]");
        assertThat(a.type("s")).isEqualTo("float16[2, 2, 4, 10, 16]");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(2 * 64 * 192 + 2 * 4 * 10 * 32));
        a = graph(
                inputs,
                "y, s = DecoderMaskedSelfAttention(x, w, b, _, p, _, l) {num_heads = 4, past_present_share_buffer = 1}");
        assertThat(a.type("s")).isEqualTo("float16[2, 2, 4, 9, 16]");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.unknown());
        a = graph(
                "q: float32[2, 1, 64], k: float32[2, 4, 7, 16]",
                "y, u, v, r = DecoderMaskedMultiHeadAttention(q, k, k) {num_heads = 4, output_qk = 1}");
        assertThat(a.type("y")).isEqualTo("float32[2, 1, 64]");
        assertThat(a.type("r")).endsWith("[2, 4, 1, 7]");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(2 * 4 * 7 * 32));
        a = graph(
                "q: float32[2, 1, 192], p: float32[2, 4, 9, 16], l: int32[]",
                "y, u, v = DecoderMaskedMultiHeadAttention(q, _, _, _, _, p, p, l) {num_heads = 4}");
        assertThat(a.type("y")).isEqualTo("float32[2, 1, 64]");
        assertThat(a.type("u")).isEqualTo("float32[2, 4, 10, 16]");
    }

    @Test
    void packedQueriesKeysAndValuesAreTakenApart() {
        Analysed a = graph("q: float32[2, 5, 4, 3, 16]", "y = MultiHeadAttention(q) {num_heads = 4}");
        assertThat(a.type("y")).isEqualTo("float32[2, 5, 64]");
        a = graph(
                "q: float32[2, 5, 64], k: float32[2, 7, 4, 2, 16]",
                "y, u, v = MultiHeadAttention(q, k) {num_heads = 4}");
        assertThat(a.type("y")).isEqualTo("float32[2, 5, 64]");
        assertThat(a.type("u")).isEqualTo("float32[2, 4, 7, 16]");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(2 * 4 * 5 * 7 * 32));
    }

    @Test
    void aSharedBufferOfKeysAndValuesStaysAsLongAsItIs() {
        Analysed a = Analysed.graph(
                "(q: float32[1, 2, 64], k: float32[1, 2, 16], p: float32[1, 1, 20, 16], l: int32[1]) -> (y, u, v)",
                "const t = int32[] {12}",
                "y, u, v = com.microsoft:GroupQueryAttention(q, k, k, p, p, l, t) {kv_num_heads = 1, num_heads = 4}");
        assertThat(a.type("u")).isEqualTo("float32[1, 1, 20, 16]");
        a = Analysed.graph(
                "(q: float32[1, 2, 64], k: float32[1, 2, 16], p: float32[1, 1, 10, 16], l: int32[1]) -> (y, u, v)",
                "const t = int32[] {12}",
                "y, u, v = com.microsoft:GroupQueryAttention(q, k, k, p, p, l, t) {kv_num_heads = 1, num_heads = 4}");
        assertThat(a.type("u")).isEqualTo("float32[1, 1, 12, 16]");
    }

    /// Of the buffer only as many as are filled, where that is known.
    @ParameterizedTest
    @CsvSource({"10, 12, 12", "20, 12, 12", "10, , 12"})
    void scoresThatAreGivenOutAreThoseOfTheFilledPlaces(int past, @Nullable String total, int filled) {
        Analysed a = Analysed.graph(
                "(q: float32[3, 2, 64], k: float32[3, 2, 16], p: float32[3, 1, " + past
                        + ", 16], l: int32[3], t: int32[]) -> (y, u, v, s)",
                total == null ? "" : "const m = int32[] {" + total + "}",
                "y, u, v, s = com.microsoft:GroupQueryAttention(q, k, k, p, p, l, " + (total == null ? "t" : "m")
                        + ") {kv_num_heads = 1, num_heads = 4, qk_output = 1}");
        assertThat(a.type("s")).isEqualTo("float32[3, 4, 2, " + filled + "]");
    }

    @ParameterizedTest
    @CsvSource({"-1, '[n, 3, 1]'", "1, '[n, 1, 1]'", "0, '[1, 1, 1]'"})
    void deviationsAreOneForAllThatIsNormalisedTogether(int axis, String shape) {
        Analysed a = Analysed.graph(
                "(x: float16[n, 3, 4], s: float16[4]) -> (y, z)",
                "y, z = SimplifiedLayerNormalization(x, s) {axis = " + axis + "}");
        assertThat(a.type("z")).isEqualTo("float32" + shape);
    }

    @Test
    void padsThatAreAnInputCount() {
        String inputs = "(x: float32[1, 3, 4, 5], w: float32[3, 2, 3, 3], b: float32[2]) -> (y)";
        String node = "y = com.microsoft:ConvTransposeWithDynamicPads(x, w, p, b) {strides = [2, 2]}";
        Analysed a = Analysed.graph(inputs, "const p = int64[4] {1, 1, 1, 1}", node);
        assertThat(a.type("y")).isEqualTo("float32[1, 2, 7, 9]");
        a = Analysed.graph(inputs.replace(") ->", ", p: int64[4]) ->"), node);
        assertThat(a.type("y")).isEqualTo("float32[1, 2, ?, ?]");
    }

    @Test
    void whatAContentStatesIsTheSize() {
        Analysed a = Analysed.graph(
                "(x: float32[n, 3, 6, 6], r: float32[k, 4], i: int32[k], h: string[0]) -> (y, z, t)",
                "const s = int32[2] {5, 7}",
                "const m = int32[] {-1}",
                "y = com.microsoft:CropAndResize(x, r, i, s)",
                "z = com.microsoft:ExpandDims(r, m)",
                "t = com.microsoft:Tokenizer(h) {mark = 0, mincharnum = 1, pad_value = \"#\", separators = [\" \"]}");
        assertThat(a.type("y")).isEqualTo("float32[k, 3, 5, 7]");
        assertThat(a.type("z")).isEqualTo("float32[k, 4, 1]");
        assertThat(a.type("t")).isEqualTo("string[0]");
    }

    @Test
    void aRangeWithoutAStepCountsByOne() {
        Analysed a = Analysed.graph(
                "(x: float32[n, 3]) -> (y)",
                "s = Shape(x)",
                "const zero = int64[] {0}",
                "e = Gather(s, zero)",
                "y = com.microsoft:Range(zero, e)");
        assertThat(a.type("y")).isEqualTo("int64[n]");
    }

    @Test
    void padsOfTokensAreTakenAwayAndPutBack() {
        Analysed a = graph("x: float16[b, s, 64], l: int32[b]", "y, o, u, m = RemovePadding(x, l)");
        assertThat(a.type("y")).isEqualTo("float16[y_d0, 64]");
        assertThat(a.type("o")).isEqualTo("int32[b, s]");
        assertThat(a.type("u")).isEqualTo("int32[(b + 1)]");
        assertThat(a.type("m")).isEqualTo("int32[1]");
    }

    @Test
    void blocksOfFloatingPointTellTheShapeOfWhatTheyHold() {
        Analysed a = Analysed.graph(
                "(x: float32[3, 16]) -> (z)",
                "y, s, t = com.microsoft:QuantizeBFP(x) {bfp_type = 1}",
                "z = com.microsoft:DequantizeBFP(y, s, t) {bfp_type = 1, dtype = 10}");
        assertThat(a.type("y")).isEqualTo("uint8[y_d0]");
        assertThat(a.type("z")).isEqualTo("float16[3, 16]");
    }

    @Test
    void aSearchKnowsItsSizesWhereTheyAreStatedAndGoesIntoItsDecoder() {
        Analysed a = Analysed.graph(
                "(i: int32[b, 4], r: int32[1]) -> (y, s)",
                "const m = int32[1] {20}",
                "const k = int32[1] {3}",
                "y, s = com.microsoft:BeamSearch(i, m, _, k, r) {decoder = graph d (t: int32[c, 5]) -> (u) {",
                "  u = Neg(t)",
                "}, eos_token_id = 1, pad_token_id = 0}");
        assertThat(a.type("y")).isEqualTo("int32[b, y_d1, 20]");
        assertThat(a.type("u")).isEqualTo("int32[c, 5]");
        assertThat(a.cost("y").flops()).isEqualTo(Dim.unknown());
        a = Analysed.graph(
                "(i: int32[b, 4]) -> (y, l)",
                "const m = int32[1] {20}",
                "y, l = com.microsoft:Sampling(i, m) {decoder = graph d (t: int32[c, 5]) -> (u) {",
                "  u = Neg(t)",
                "}, eos_token_id = 1, pad_token_id = 0, vocab_size = 50}");
        assertThat(a.type("y")).isEqualTo("int32[b, 20]");
        assertThat(a.type("l")).isEqualTo("float32[b, 50]");
    }

    @Test
    void anAttentionInALayerHasItsOwnCost() {
        Analysed a = graph(
                "x: float32[6, 2, 3], w: float32[1, 16, 8], r: float32[1, 16, 4], q: float32[1, 4, 7],"
                        + " m: float32[1, 5, 7], v: float32[1, 7], e: float32[2, 9, 5]",
                "y, h, c = AttnLSTM(x, w, r, _, _, _, _, _, q, m, v, e) {hidden_size = 4}");
        assertThat(a.type("y")).isEqualTo("float32[6, 1, 2, 4]");
        assertThat(a.type("c")).isEqualTo("float32[1, 2, 4]");
        long layer = 12 * (16 * 8 + 16 * 4);
        long memory = 2 * 9 * 5 * 7;
        long steps = 12 * (4 * 7 + 9 * 7 + 9 * 5);
        assertThat(a.cost("y").macs()).isEqualTo(Dim.of(layer + memory + steps));
    }

    @Test
    void aDecodersFlagsTellWhatItsCacheIs() {
        String inputs =
                "(q: float32[3, 2, 8], k: float32[5, 2, 8], w: float32[8, 8], x: float32[8, 16], b: float32[24],"
                        + " p: float32[2, 2, 6, 4]) -> (y, u, v)";
        String node = "y, u, v = com.microsoft:DecoderAttention(q, k, w, x, b, _, p, p, f, t, t, f) {num_heads = 2}";
        Analysed own = Analysed.graph(inputs, "const f = bool[1] {false}", "const t = bool[1] {true}", node);
        assertThat(own.type("y")).isEqualTo("float32[3, 2, 8]");
        assertThat(own.type("u")).isEqualTo("float32[2, 2, 9, 4]");
        assertThat(own.cost("y").macs()).isEqualTo(Dim.of((3 + 2 * 3) * 2 * 64 + 2 * 2 * 3 * 9 * 8));
    }
}
