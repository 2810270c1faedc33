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
                nodes.replace("; ", "\n"));
        assertThat(a.type("y")).isEqualTo(type);
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
