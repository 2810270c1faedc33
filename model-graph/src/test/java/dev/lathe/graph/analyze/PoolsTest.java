package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Severity;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pools whose window is larger than their input, and padded ones with dilations: the sizes are those of ONNX Runtime
/// 1.30, which rounds towards zero and pads for a window without dilations.
class PoolsTest {
    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource(delimiter = '|', textBlock = """
            MaxPool     | auto_pad = "VALID", kernel_shape = [5, 5], strides = [2, 2]                 | float32[1, 1, 0, 0]
            MaxPool     | kernel_shape = [5, 5], strides = [2, 2], ceil_mode = 1                      | float32[1, 1, 0, 0]
            AveragePool | kernel_shape = [4, 2]                                                       | float32[1, 1, 0, 2]
            LpPool      | auto_pad = "VALID", kernel_shape = [4, 2], strides = [2, 2]                 | float32[1, 1, 1, 1]
            LpPool      | auto_pad = "VALID", kernel_shape = [4, 2], strides = [2, 2], ceil_mode = 1  | float32[1, 1, 1, 2]
            AveragePool | kernel_shape = [9, 9], strides = [2, 2]                                     | float32[1, 1, ?, ?]
            """)
    void aWindowThatIsTooLarge(String op, String attributes, String type) {
        Analysed a = Analysed.graph("(x: float32[1, 1, 3, 3]) -> (y)", "y = " + op + "(x) {" + attributes + "}");
        assertThat(a.type("y")).isEqualTo(type);
        assertThat(a.problems()).singleElement().asString().contains("does not fit");
    }

    @ParameterizedTest(name = "{0} over {1}")
    @CsvSource(delimiter = '|', textBlock = """
            kernel_shape = [4], dilations = [2]                                                  | 9  | 6
            kernel_shape = [4], dilations = [2]                                                  | 3  | 0
            kernel_shape = [3], dilations = [2], strides = [2]                                   | 9  | 4
            kernel_shape = [3], dilations = [3], strides = [2], ceil_mode = 1                    | 10 | 3
            kernel_shape = [2], dilations = [3], strides = [4]                                   | 5  | 1
            """)
    void samePaddingLeavesDilationsOut(String attributes, long size, long places) {
        for (String pad : List.of("SAME_UPPER", "SAME_LOWER")) {
            for (String op : List.of("MaxPool", "AveragePool", "LpPool")) {
                String node = "y = " + op + "(x) {auto_pad = \"" + pad + "\", " + attributes + "}";
                Analysed a = Analysed.graph("(x: float32[1, 1, " + size + "]) -> (y)", node);
                assertThat(a.type("y")).isEqualTo("float32[1, 1, " + places + "]");
                assertThat(a.problems()).singleElement().asString().contains("by the standard");
                Analysed open = Analysed.graph("(x: float32[1, 1, n]) -> (y)", node);
                assertThat(last(open, size)).isIn(Dim.of(places), Dim.unknown());
            }
        }
    }

    @Test
    void aDeclaredSizeThatFollowsTheStandardIsNoError() {
        Analysed a = Analysed.graph(
                "(x: float32[1, 1, 9]) -> (y: float32[1, 1, 9])",
                "y = MaxPool(x) {auto_pad = \"SAME_UPPER\", kernel_shape = [4], dilations = [2]}");
        assertThat(a.type("y")).isEqualTo("float32[1, 1, 6]");
        assertThat(a.analysis().inference().diagnostics())
                .isNotEmpty()
                .allSatisfy(d -> assertThat(d.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void aPaddedWindowThatFitsNowhereDoesNotRun() {
        Analysed a = Analysed.graph(
                "(x: float32[1, 1, 1]) -> (y)",
                "y = MaxPool(x) {auto_pad = \"SAME_UPPER\", kernel_shape = [3], dilations = [2]}");
        assertThat(a.type("y")).isEqualTo("float32[1, 1, ?]");
        assertThat(a.analysis().inference().diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.severity()).isEqualTo(Severity.ERROR));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kernel_shape = [2], strides = [2]
            kernel_shape = [3], strides = [2]
            kernel_shape = [4], dilations = [2], strides = [4]
            kernel_shape = [4], dilations = [2], strides = [4], ceil_mode = 1, pads = [0, 3]
            kernel_shape = [5], strides = [3], ceil_mode = 1
            kernel_shape = [3], strides = [2], pads = [1, 1]
            auto_pad = "SAME_LOWER", kernel_shape = [3], dilations = [3], strides = [2]
            auto_pad = "SAME_UPPER", kernel_shape = [3], dilations = [2], strides = [5]
            """)
    void aFormulaHasThePlacesOfItsSize(String attributes) {
        String node = "(x) {" + attributes + "}";
        Analysed a = Analysed.graph(
                "(x: float32[1, 1, n]) -> (y)", "p = MaxPool" + node, "y = MaxPool(p) {" + attributes + "}");
        for (String value : List.of("p", "y")) {
            for (long n = 1; n < 40; n++) {
                Analysed set = a.with(Map.of("n", n));
                Dim places = dim(set, value);
                if (places instanceof Dim.Fixed && !dim(set, "p").equals(Dim.of(0))) {
                    assertThat(DimMath.substitute(dim(a, value), Map.of("n", n)))
                            .as("%s of %d: %s", value, n, dim(a, value))
                            .isEqualTo(places);
                }
            }
        }
    }

    @Test
    void formulasOfPoolsUponPoolsStayShort() {
        String pool = " {kernel_shape = [2], strides = [2]}";
        Analysed a = Analysed.graph(
                "(x: float32[1, 1, n]) -> (y)",
                "p = MaxPool(x)" + pool,
                "c = AveragePool(p) {kernel_shape = [3], pads = [1, 1]}",
                "q = MaxPool(c)" + pool,
                "y = MaxPool(q)" + pool);
        assertThat(a.type("y")).isEqualTo("float32[1, 1, max(floordiv(n, 8), 1)]");
    }

    private static Dim last(Analysed a, long n) {
        return DimMath.substitute(dim(a, "y"), Map.of("n", n));
    }

    private static Dim dim(Analysed a, String value) {
        return ((Shape.Ranked) a.analysis().type(a.id(value)).shape()).dims().getLast();
    }
}
