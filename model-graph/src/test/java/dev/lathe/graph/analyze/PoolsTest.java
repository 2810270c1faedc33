package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pools whose window is larger than their input: the sizes are those of ONNX Runtime, which rounds towards zero.
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
}
