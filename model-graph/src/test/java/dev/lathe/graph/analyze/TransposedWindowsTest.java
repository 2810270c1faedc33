package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ConvTranspose that pads to size · stride, as ONNX Runtime 1.30 runs it: padding takes away and never adds.
class TransposedWindowsTest {
    @ParameterizedTest
    @CsvSource({
        "14, 3, 4, 1, 0, 55",
        "14, 3, 4, 1, 1, 56",
        "14, 3, 4, 2, 0, 56",
        "14, 3, 4, 1, 2, 56",
        "14, 5, 4, 1, 3, 56",
        "3, 1, 2, 1, 0, 5",
        "1, 1, 5, 3, 4, 5",
    })
    void areNoLargerThanTheirWindowsReach(int size, int kernel, int stride, int dilation, int more, int expected) {
        for (String pad : new String[] {"SAME_UPPER", "SAME_LOWER"}) {
            Analysed a = Analysed.graph(
                    "(x: float32[1, 1, " + size + "], w: float32[1, 1, " + kernel + "]) -> (y)",
                    "y = ConvTranspose(x, w) {auto_pad = \"" + pad + "\", strides = [" + stride + "], dilations = ["
                            + dilation + "], output_padding = [" + more + "]}");
            assertThat(a.type("y")).isEqualTo("float32[1, 1, " + expected + "]");
            assertThat(a.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2, 2 | float32[1, 1, (2 * n)]
            3, 2 | float32[1, 1, (2 * n)]
            1, 2 | float32[1, 1, ((2 * n) + -1)]
            """)
    void ofANamedSizeTheyAreOneFormula(String window, String type) {
        String[] kernelAndStride = window.split(", ");
        Analysed a = Analysed.graph(
                "(x: float32[1, 1, n], w: float32[1, 1, " + kernelAndStride[0] + "]) -> (y)",
                "y = ConvTranspose(x, w) {auto_pad = \"SAME_UPPER\", strides = [" + kernelAndStride[1] + "]}");
        assertThat(a.type("y")).isEqualTo(type);
    }
}
