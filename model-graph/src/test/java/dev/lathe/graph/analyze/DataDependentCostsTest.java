package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Costs of operators whose work the data decides: bounds by hand.
class DataDependentCostsTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            x: float32[1, 2, 8, 8], r: float32[3, 5]                | y = MaxRoiPool(x, r) {pooled_shape = [2, 3]} | 0 | 384
            x: int64[4, 12]                                         | y = TfIdfVectorizer(x) {max_gram_length = 2, max_skip_count = 2, min_gram_length = 1, mode = "TF", ngram_counts = [0, 3], ngram_indexes = [0, 1, 2, 5], pool_int64s = [2, 3, 4, 5, 6]} | 0 | 168
            s: int32[3, 7], w: float32[8, 1, 2, 4], b: float32[8], t: float32[11, 4] | y = com.microsoft:WordConvEmbedding(s, w, b, t) | 1152 | 720
            x: float32[3, 4], i: int64[2, 1], u: float32[2, 4]      | y = ScatterND(x, i, u) {reduction = "add"} | 0 | 8
            x: float32[3, 4], i: int64[2, 1], u: float32[2, 4]      | y = ScatterND(x, i, u) | 0 | 0
            x: float32[3, 4], i: int64[3, 2], u: float32[3, 2]      | y = ScatterElements(x, i, u) {axis = 1, reduction = "max"} | 0 | 6
            """)
    void boundsByHand(String inputs, String node, String macs, String others) {
        Analysed a = Analysed.graph("(" + inputs + ") -> (y)", node);
        Costs costs = a.analysis().costs();
        assertThat(costs.unknown()).isEmpty();
        assertThat(costs.total().macs()).hasToString(macs);
        assertThat(costs.total().flops()).hasToString(Long.toString(2 * Long.parseLong(macs) + Long.parseLong(others)));
    }

    @Test
    void aSharedCacheCountsItsFilledPlaces() {
        Analysed a = Analysed.graph(
                "(q: float32[1, 1, 32], k: float32[1, 1, 16], p: float32[1, 2, 20, 8], t: int32[]) -> (y)",
                "const l = int32[1] {7}",
                "y, u, v = com.microsoft:GroupQueryAttention(q, k, k, p, p, l, t) {kv_num_heads = 2, num_heads = 4}");
        assertThat(a.analysis().costs().total().macs()).hasToString("512");
    }
}
