package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Shapes that a graph computes from constants and from shapes, as ONNX Runtime 1.30 ran the same graphs.
class ContentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What no axis is reduced of stays.
                "s = Shape(x); r = ReduceSum(s) {noop_with_empty_axes = 1}; y = Expand(one, r) | float32[2, 3]",
                "s = Shape(x); r = ReduceSum(s, empty) {noop_with_empty_axes = 1, keepdims = 0}; y = Expand(one, r) | float32[2, 3]",
                "s = Shape(x); r = ReduceSum(s); y = Expand(one, r) | float32[5]",
                // Elements are stored in their type.
                "c = Cast(big) {to = 2}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[44]",
                "c = Cast(most) {to = 6}; y = Slice(ten, nought32, c) | float32[9]",
                "c = Sub(three8, five8); d = Cast(c) {to = 7}; y = Expand(one, d) | float32[254]",
                "c = Mul(wide, wide); d = Cast(c) {to = 7}; y = Expand(one, d) | float32[131073]",
                // Walks backwards: an empty axis, and the two numbers that mean the end.
                "y = Slice(none, below, least, nought, below) | float32[0, 3]",
                "y = Slice(ten, four, most, nought, below) | float32[5]",
                "y = Slice(ten, four, most32, nought, below) | float32[5]",
                "y = Slice(ten, below, least, nought, below) | float32[10]",
                "y = Slice(huge, from, to, nought) | float32[800000000]",
                "y = Gather(empty2, two) | int64[2, 0]",
                // A step that is farther than any axis reaches.
                "y = Slice(ten, nought, most, nought, most) | float32[1]",
                "y = Slice(ten, below, least, nought, lowest) | float32[1]",
                "y = Slice(ten, four, four, nought, most) | float32[0]",
                "y = Slice(ten, four, below, nought, lowest) | float32[0]",
                "y = Slice(ten, most, afterLowest, nought, one64) | float32[0]",
                // Float types round to the nearest, ties to even.
                "c = Cast(n257) {to = 16}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[256]",
                "c = Cast(n259) {to = 16}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[260]",
                "c = Cast(n17) {to = 17}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[16]",
                "c = Cast(n19) {to = 17}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[20]",
                "c = Cast(n257) {to = 17}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[256]",
                "c = Cast(n17) {to = 18}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[16]",
                "c = Cast(n9) {to = 19}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[8]",
                "c = Cast(n11) {to = 19}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[12]",
                "c = Cast(n19) {to = 20}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[20]",
                "c = Cast(n2p24p3) {to = 1}; d = Cast(c) {to = 7}; e = Sub(d, n2p24); y = Expand(one, e) | float32[4]",
                "c = Cast(n4097) {to = 1}; d = Mul(c, c); e = Cast(d) {to = 7}; f = Sub(e, below4097); y = Expand(one, f) | float32[8]",
                "c = Cast(n2p53p3) {to = 11}; d = Cast(c) {to = 7}; e = Sub(d, n2p53); y = Expand(one, e) | float32[4]",
                "c = Cast(n2048) {to = 10}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[2048]",
                "c = CastLike(n257, flag); d = Cast(c) {to = 7}; e = Add(d, d); y = Expand(one, e) | float32[2]",
                // What is beyond a type saturates or not, and float16 is computed in float32 where that has no kernel.
                "c = Cast(n257) {to = 18}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[?]",
                "c = Cast(n2p53) {to = 10}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[?]",
                "c = Cast(most) {to = 1}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[?]",
                "c = Cast(n4097) {to = 10}; d = Cast(c) {to = 7}; y = Expand(one, d) | float32[?]",
                "c = Cast(n683) {to = 10}; d = Mul(c, three16); e = Cast(d) {to = 7}; y = Expand(one, e) | float32[?]",
                "f = ConstantOfShape(axes) {value = float32[1] {inf}}; d = Cast(f) {to = 7}; y = Expand(one, d) | float32[?]",
            })
    void areWhatRuns(String nodes, String type) {
        Analysed a = Analysed.graph(
                "(x: float32[2, 3], ten: float32[10], none: float32[0, 3], huge: float32[4294967296]) -> (y)",
                "const one = float32[1] {1.0}",
                "const empty = int64[0] {}",
                "const empty2 = int64[3, 0] {}",
                "const two = int64[2] {0, 1}",
                "const big = int64[1] {300}",
                "const most = int64[1] {9223372036854775807}",
                "const most32 = int64[1] {2147483647}",
                "const least = int64[1] {-2147483648}",
                "const below = int64[1] {-1}",
                "const nought = int64[1] {0}",
                "const nought32 = int32[1] {0}",
                "const four = int64[1] {4}",
                "const from = int64[1] {1200000000}",
                "const to = int64[1] {2000000000}",
                "const three8 = uint8[1] {3}",
                "const five8 = uint8[1] {5}",
                "const axes = int64[1] {1}",
                "const wide = int32[1] {65537}",
                "const lowest = int64[1] {-9223372036854775808}",
                "const afterLowest = int64[1] {-9223372036854775807}",
                "const one64 = int64[1] {1}",
                "const n9 = int64[1] {9}",
                "const n11 = int64[1] {11}",
                "const n17 = int64[1] {17}",
                "const n19 = int64[1] {19}",
                "const n257 = int64[1] {257}",
                "const n259 = int64[1] {259}",
                "const n683 = int64[1] {683}",
                "const n2048 = int64[1] {2048}",
                "const n4097 = int64[1] {4097}",
                "const below4097 = int64[1] {16785400}",
                "const n2p24 = int64[1] {16777216}",
                "const n2p24p3 = int64[1] {16777219}",
                "const n2p53 = int64[1] {9007199254740992}",
                "const n2p53p3 = int64[1] {9007199254740995}",
                "const three16 = float16[1] {3.0}",
                "const flag = bool[1] {true}",
                nodes.replace("; ", "\n"));
        assertThat(a.type("y")).isEqualTo(type);
        assertThat(a.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, float32[n]", "11, float32[n]", "10, float32[?]", "16, float32[?]", "17, float32[?]"})
    void ofAFormulaInANarrowFloatTypeNobodyKnowsWhetherItIsRounded(int type, String shape) {
        Analysed a = Analysed.graph(
                "(x: float32[n]) -> (y)",
                "const one = float32[1] {1.0}",
                "s = Shape(x)",
                "c = Cast(s) {to = " + type + "}",
                "d = Cast(c) {to = 7}",
                "y = Expand(one, d)");
        assertThat(a.type("y")).isEqualTo(shape);
        assertThat(a.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mul", "add"})
    void aScatterThatAddsToWhatIsThereIsNotFollowed(String reduction) {
        Analysed a = Analysed.graph(
                "(x: float32[2, 3], z: float32[12]) -> (y)",
                "const at = int64[1, 1] {0}",
                "const by = int64[1] {2}",
                "s = Shape(x)",
                "r = ScatterND(s, at, by) {reduction = \"" + reduction + "\"}",
                "y = Reshape(z, r)");
        assertThat(a.type("y")).isEqualTo("float32[?, ?]");
        assertThat(a.problems()).isEmpty();
    }
}
