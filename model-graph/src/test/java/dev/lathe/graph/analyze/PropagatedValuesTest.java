package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Contents that inference follows beside whole numbers: fractions, lists, and extents that depend on data.
class PropagatedValuesTest {

    @Test
    void sizesComputedWithFractionsAreKnownOnceTheDimensionIsSet() {
        Analysed a = Analysed.graph(
                "(x: float32[1, 3, h, 8]) -> (y)",
                "const two = int64[] {2}",
                "const zero = int64[1] {0}",
                "const half = float32[] {0.5}",
                "const head = int64[2] {1, 3}",
                "const eight = int64[1] {8}",
                "shape = Shape(x)",
                "h = Gather(shape, two)",
                "real = Cast(h) {to = 1}",
                "scaled = Mul(real, half)",
                "floor = Floor(scaled)",
                "whole = Cast(floor) {to = 7}",
                "whole1 = Unsqueeze(whole, zero)",
                "sizes = Concat(head, whole1, eight) {axis = 0}",
                "y = Resize(x, _, _, sizes)");
        assertThat(a.type("y")).isEqualTo("float32[1, 3, floordiv(h, 2), 8]");
        assertThat(a.with(Map.of("h", 7L)).type("y")).isEqualTo("float32[1, 3, 3, 8]");
    }

    /// Roots and reciprocals are the nearest number of the type: what kernels give, by a run of a million of them.
    @ParameterizedTest(name = "{0} of {2} {1}")
    @CsvSource({
        "Sqrt, float32, 144, 1, 12",
        "Sqrt, float32, 2, 10000, 14142",
        "Sqrt, float32, 3, 16777216, 29058990",
        "Sqrt, float64, 3, 16777216, 29058990",
        "Sqrt, float32, 11, 16777216, 55643732",
        "Sqrt, float64, 11, 16777216, 55643730",
        "Sqrt, float16, 4, 8, 16",
        "Sqrt, float16, 2, 8, ?",
        "Reciprocal, float32, 4, 1024, 256",
        "Reciprocal, float32, 3, 16777216, 5592405",
        "Sqrt, float32, -1, 8, ?",
        "Reciprocal, float32, 0, 8, ?"
    })
    void rootsAndReciprocalsAreFollowed(String op, String type, long number, long factor, String size) {
        Analysed a = Analysed.graph(
                "(u: float32[1]) -> (y)",
                "const x = int64[1] {" + number + "}",
                "const f = int64[1] {" + factor + "}",
                "r = Cast(x) {to = " + (type.equals("float32") ? 1 : type.equals("float64") ? 11 : 10) + "}",
                "q = " + op + "(r)",
                "k = CastLike(f, r)",
                "p = Mul(q, k)",
                "w = Cast(p) {to = 7}",
                "y = ConstantOfShape(w)");
        assertThat(a.type("y")).isEqualTo("float32[" + size + "]");
    }

    /// Padding to a multiple of 32, as exporters write it with numbers that are not whole.
    @Test
    void sizesThatAreRoundedInFloatingPointAreFormulas() {
        Analysed a = Analysed.graph(
                "(x: float32[n, 8]) -> (y, z, t)",
                "const zero = int64[1] {0}",
                "const stride = float32[] {32.0}",
                "const part = float32[] {0.75}",
                "shape = Shape(x)",
                "n = Gather(shape, zero)",
                "real = Cast(n) {to = 1}",
                "blocks = Div(real, stride)",
                "whole = Ceil(blocks)",
                "padded = Mul(whole, stride)",
                "p = Cast(padded) {to = 7}",
                "y = ConstantOfShape(p)",
                "some = Mul(real, part)",
                "s = Cast(some) {to = 7}",
                "z = ConstantOfShape(s)",
                "twice = Mul(some, stride)",
                "w = Cast(twice) {to = 7}",
                "t = ConstantOfShape(w)");
        assertThat(a.type("y")).isEqualTo("float32[(32 * floordiv((n + 31), 32))]");
        assertThat(a.type("z")).isEqualTo("float32[floordiv((3 * n), 4)]");
        assertThat(a.type("t")).isEqualTo("float32[(24 * n)]");
        Analysed set = a.with(Map.of("n", 33L));
        assertThat(set.type("y")).isEqualTo("float32[64]");
        assertThat(set.type("z")).isEqualTo("float32[24]");
    }

    @Test
    void sizesThatAreShiftedAreFormulas() {
        Analysed a = Analysed.graph(
                "(x: float32[n, 8]) -> (y, z)",
                "const zero = int64[1] {0}",
                "const one = uint64[1] {1}",
                "shape = Shape(x)",
                "n = Gather(shape, zero)",
                "bits = Cast(n) {to = 13}",
                "more = BitShift(bits, one) {direction = \"LEFT\"}",
                "less = BitShift(bits, one) {direction = \"RIGHT\"}",
                "m = Cast(more) {to = 7}",
                "l = Cast(less) {to = 7}",
                "y = ConstantOfShape(m)",
                "z = ConstantOfShape(l)");
        assertThat(a.type("y")).isEqualTo("float32[(2 * n)]");
        assertThat(a.type("z")).isEqualTo("float32[floordiv(n, 2)]");
    }

    @Test
    void aRangeOfFractionsIsCounted() {
        Analysed a = Analysed.graph(
                "() -> (y)",
                "const from = float32[] {1}",
                "const to = float32[] {2}",
                "const by = float32[] {0.25}",
                "y = Range(from, to, by)");
        assertThat(a.type("y")).isEqualTo("float32[4]");
    }

    @Test
    void scalesAreTakenInSinglePrecision() {
        Analysed a = Analysed.graph(
                "(x: float32[1, 1, 10, 10]) -> (y)",
                "const scales = float32[4] {1, 1, 0.7, 0.7}",
                "y = Resize(x, _, scales)");
        assertThat(a.type("y")).isEqualTo("float32[1, 1, 7, 7]");
    }

    @Test
    void aListThatIsPutTogetherAgainHasTheExtentsOfItsParts() {
        Analysed a = Analysed.graph(
                "(x: float32[7, 4], y: float32[s, 4]) -> (joined, stacked, second, n, all)",
                "const three = int64[] {3}",
                "const one = int64[] {1}",
                "parts = SplitToSequence(x, three) {axis = 0}",
                "second = SequenceAt(parts, one)",
                "joined = ConcatFromSequence(parts) {axis = 0}",
                "n = SequenceLength(parts)",
                "all = ConstantOfShape(n)",
                "rows = SplitToSequence(y) {axis = 0, keepdims = 0}",
                "stacked = ConcatFromSequence(rows) {axis = 0, new_axis = 1}");
        assertThat(a.type("second")).isEqualTo("float32[3, 4]");
        assertThat(a.type("joined")).isEqualTo("float32[7, 4]");
        assertThat(a.type("stacked")).isEqualTo("float32[s, 4]");
    }

    @Test
    void insertingAndErasingKeepsTrackOfEveryElement() {
        Analysed a = Analysed.graph(
                "(x: float32[2], y: float32[3], z: float32[5]) -> (first, last, joined)",
                "const zero = int64[] {0}",
                "const end = int64[] {-1}",
                "two = SequenceConstruct(x, y)",
                "three = SequenceInsert(two, z, zero)",
                "left = SequenceErase(three, end)",
                "first = SequenceAt(left, zero)",
                "last = SequenceAt(left, end)",
                "joined = ConcatFromSequence(left) {axis = 0}");
        assertThat(a.type("first")).isEqualTo("float32[5]");
        assertThat(a.type("last")).isEqualTo("float32[2]");
        assertThat(a.type("joined")).isEqualTo("float32[7]");
    }

    @Test
    void anExtentThatDependsOnDataIsWhatTheFileSays() {
        Analysed a = Analysed.graph("(x: float32[4]) -> (at: int64[1, 3], y)", "at = NonZero(x)", "y = Relu(at)");
        assertThat(a.type("at")).isEqualTo("int64[1, 3]");
        assertThat(a.type("y")).isEqualTo("int64[1, 3]");
        assertThat(a.problems()).isEmpty();
    }

    @Test
    void withoutALimitForEachClassNoBoxStays() {
        Analysed a = Analysed.graph(
                "(boxes: float32[1, 6, 4], scores: float32[1, 1, 6]) -> (y)", "y = NonMaxSuppression(boxes, scores)");
        assertThat(a.type("y")).isEqualTo("int64[0, 3]");
    }

    @Test
    void aQuestionMarkIsNoNameOfADimension() {
        Analysed a = Analysed.graph("(x: float32[1, 3, \"?\", \"?\"]) -> (y: float32[1, \"?\"])", "y = Relu(x)");
        assertThat(a.analysis().freeDims()).containsOnlyKeys("x_d2", "x_d3");
        assertThat(a.with(Map.of("x_d2", 48L, "x_d3", 192L)).type("y")).isEqualTo("float32[1, 3, 48, 192]");
    }

    @Test
    void aResizeThatKeepsProportionsHasOneFactor() {
        Analysed a = Analysed.graph(
                "(x: float32[1, 1, 2, 4]) -> (y)",
                "const sizes = int64[2] {7, 8}",
                "y = Resize(x, _, _, sizes) {axes = [2, 3], keep_aspect_ratio_policy = \"not_larger\"}");
        assertThat(a.type("y")).isEqualTo("float32[1, 1, 4, 8]");
    }

    @Test
    void theNumberOfAxesTellsARankWhenTheAxesAreNotKnown() {
        Analysed a = Analysed.graph(
                "(x: float32[2, 3, 4], axes: int64[2]) -> (less, more, sum)",
                "less = Squeeze(x, axes)",
                "more = Unsqueeze(x, axes)",
                "sum = ReduceSum(x, axes) {keepdims = 0}");
        assertThat(a.type("less")).isEqualTo("float32[?]");
        assertThat(a.type("more")).isEqualTo("float32[?, ?, ?, ?, ?]");
        assertThat(a.type("sum")).isEqualTo("float32[?]");
    }
}
