package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Operators that the standard had as experiments before version 10. Shapes and refusals are those of runs in ONNX
/// Runtime.
class EarlyOperatorsTest {
    private static Analysed model(String signature, String line) {
        return Analysed.model(
                Map.of(), "model \"ONNX\" ir=4\nopset \"\" 8\ngraph g " + signature + " {\n  " + line + "\n}\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        ImageScaler(x) {scale = 2.0, bias = [1.0, 2.0, 3.0]}     | float32[n, 3, 8, 9]  | 432 * n
        Affine(x) {alpha = 2.0}                                  | float32[n, 3, 8, 9]  | 432 * n
        Scale(x) {scale = 2.0}                                   | float32[n, 3, 8, 9]  | 216 * n
        ScaledTanh(x) {alpha = 2.0, beta = 1.0}                  | float32[n, 3, 8, 9]  | 1296 * n
        ParametricSoftplus(x) {alpha = 2.0, beta = 1.0}          | float32[n, 3, 8, 9]  | 2376 * n
        MeanVarianceNormalization(x) {across_channels = 1}       | float32[n, 3, 8, 9]  | 1296 * n
        MeanVarianceNormalization(x) {normalize_variance = 0}    | float32[n, 3, 8, 9]  | 432 * n
        ThresholdedRelu(x) {alpha = 2.0}                         | float32[n, 3, 8, 9]  | 216 * n
        Crop(x) {border = [0, 0, 0, 0]}                          | float32[n, 3, 8, 9]  | 0
        Crop(x) {border = [1, 2, 3, 1]}                          | float32[n, 3, 5, 5]  | 0
        Crop(x) {border = [4, 2, 5, 1]}                          | float32[n, 3, 5, 0]  | 0
        Crop(x) {border = [1, 4, 1, 4]}                          | float32[n, 3, 0, 7]  | 0
        Crop(x) {border = [1, 2, 3, 1], scale = [3, 4]}          | float32[n, 3, 3, 4]  | 0
        Crop(x) {border = [1, 2, 3, 1], scale = [6, 8]}          | float32[n, 3, 6, 8]  | 0
        Crop(x) {border = [1, 2, 30, 1], scale = [3, 4]}         | float32[n, 3, 3, 4]  | 0
        Crop(x) {border = [1, 2, 3, 1], scale = [0, 0]}          | float32[n, 3, 0, 0]  | 0
        MemcpyFromHost(x)                                        | float32[n, 3, 8, 9]  | 0
        MemcpyToHost(x)                                          | float32[n, 3, 8, 9]  | 0
        """)
    void anImageHasTheSizeThatItHasWhenItRuns(String line, String type, String flops) {
        Analysed a = model("(x: float32[n, 3, 8, 9]) -> (y)", "y = " + line);
        assertThat(a.problems()).isEmpty();
        assertThat(a.type("y")).isEqualTo(type);
        assertThat(a.cost("y").flops().toString()).isEqualTo(flops.contains("*") ? "(" + flops + ")" : flops);
    }

    @Test
    void whatIsLeftOfAnOpenExtentIsLessByTheBorders() {
        Analysed a = model("(x: float16[1, 3, h, w]) -> (y)", "y = Crop(x) {border = [1, 2, 3, 1]}");
        assertThat(a.type("y")).isEqualTo("float16[1, 3, (h + -3), (w + -4)]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        Crop(x) {border = [1, 2, 3]}                       | has 3 borders, and must have 4
        Crop(x)                                            | has 0 borders, and must have 4
        Crop(x) {border = [1, 2, 3, 1], scale = [3]}       | its scale [3] must be rows and columns
        Crop(x) {border = [-1, 2, 3, 1]}                   | must not be below 0
        Crop(x) {border = [1, 2, 3, 1], scale = [-1, 4]}   | must not be below 0
        Crop(x) {border = [5, 2, 5, 1]}                    | an extent of 9 is too small for 5 and 5
        Crop(x) {border = [1, 5, 1, 5]}                    | an extent of 8 is too small for 5 and 5
        Crop(x) {border = [1, 2, 3, 1], scale = [7, 4]}    | an extent of 8 is too small for 2 and 7
        Crop(v) {border = [1, 2, 3, 1]}                    | its input 'input' must have rank 4, and has rank 3
        ImageScaler(x) {bias = [1.0]}                      | channels and biases: 3 and 1 must be equal
        ImageScaler(v) {bias = [1.0, 1.0, 1.0]}            | its input 'input' must have a rank of at least 4
        MeanVarianceNormalization(x) {axes = [0]}          | the attribute 'axes' came with version 9
        """)
    void whatNoRunTakesIsTold(String line, String sentence) {
        Analysed a = model("(x: float32[2, 3, 8, 9], v: float32[3, 8, 9]) -> (y)", "y = " + line);
        assertThat(a.problems()).singleElement().asString().contains(sentence);
    }

    @Test
    void theAxesBehindTheFourthOfAnImageAreLost() {
        Analysed a = model("(x: float32[2, 3, 4, 5, 6]) -> (y)", "y = ImageScaler(x) {bias = [1.0, 1.0, 1.0]}");
        assertThat(a.type("y")).isEqualTo("float32[2, 3, 4, 5]");
        assertThat(a.problems()).singleElement().asString().contains("are lost");
    }

    @ParameterizedTest(name = "starts {0}, ends {1}, axes {2}")
    @CsvSource({
        "1, 3, , '[2, 6]'",
        "1, 3, 1, '[4, 2]'",
        "-3, -1, -1, '[4, 2]'",
        "'1, 0', '3, -1', , '[2, 5]'",
        "5, 2, 0, '[0, 6]'",
        "-100, 2, 0, '[2, 6]'",
        "1, 9223372036854775807, 1, '[4, 5]'",
    })
    void aSliceHasWhatLiesBetweenItsPositions(String starts, String ends, @Nullable String axes, String shape) {
        assertThat(sliced(starts, ends, axes).problems()).isEmpty();
        assertThat(sliced(starts, ends, axes).type("y")).isEqualTo("float32" + shape);
    }

    @ParameterizedTest(name = "starts {0}, ends {1}, axes {2}")
    @CsvSource({"'0, 1', 3, 1", "1, 3, 5", "'1, 1', '3, 3', '0, 0'", "'1, 2, 3', '3, 3, 3', "})
    void aSliceThatNoRunTakesIsTold(String starts, String ends, @Nullable String axes) {
        assertThat(sliced(starts, ends, axes).problems()).hasSize(1);
    }

    private static Analysed sliced(String starts, String ends, @Nullable String axes) {
        String third = axes == null ? "" : "\n  const a = " + constant(axes);
        return model(
                "(x: float32[4, 6]) -> (y)",
                "const s = " + constant(starts) + "\n  const e = " + constant(ends) + third
                        + "\n  y = DynamicSlice(x, s, e" + (axes == null ? ")" : ", a)"));
    }

    private static String constant(String numbers) {
        return "int64[" + numbers.split(",").length + "] {" + numbers + "}";
    }

    /// Of these no runtime has a kernel: shapes as ONNX Runtime's schemas say.
    @Test
    void operatorsWithoutKernelsHaveShapes() {
        Analysed unit = model(
                "(h: float32[1, n, 4], g: float32[1, n, 12], l: float32[n], t: float32[1]) -> (y)",
                "y = GRUUnit(h, g, l, t)");
        assertThat(unit.type("y")).isEqualTo("float32[1, n, 4]");
        assertThat(unit.cost("y").flops().toString()).isEqualTo("(48 * n)");
        assertThat(model("(x: float16[n]) -> (y)", "y = GivenTensorFill(x) {extra_shape = [2]}")
                        .type("y"))
                .isEqualTo("float16[n, 2]");
        Analysed fill = model("(x: float32[n]) -> (y)", "y = GivenTensorFill() {shape = [2, 3], values = [1.0]}");
        assertThat(fill.type("y")).isEqualTo("float32[2, 3]");
        assertThat(fill.cost("y").bytesWritten()).isEqualTo(Dim.of(24));
    }
}
