package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ONNX Runtime does not load a window function whose constant size is not above 0; it runs one that computes a 0.
class WindowSizesTest {
    @ParameterizedTest
    @ValueSource(strings = {"HannWindow", "HammingWindow", "BlackmanWindow"})
    void aConstantIsAboveNought(String op) {
        for (int size : new int[] {0, -1}) {
            Analysed a = Analysed.graph("() -> (y)", "const s = int64[] {" + size + "}", "y = " + op + "(s)");
            assertThat(a.problems()).singleElement().asString().contains("must be above 0, and is " + size);
        }
        Analysed one = Analysed.graph("() -> (y)", "const s = int64[] {1}", "y = " + op + "(s)");
        assertThat(one.type("y")).isEqualTo("float32[1]");
        assertThat(one.problems()).isEmpty();
        Analysed computed = Analysed.graph(
                        "(x: float32[n]) -> (y)", "s = Shape(x)", "t = Squeeze(s)", "y = " + op + "(t)")
                .with(Map.of("n", 0L));
        assertThat(computed.type("y")).isEqualTo("float32[0]");
        assertThat(computed.problems()).isEmpty();
    }
}
