package dev.lathe.graph.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is declared without an element type, and constants without a value: errors where ONNX Runtime refuses to load
/// the model.
class ElementsDeclaredRuleTest {
    private static List<String> errors(String text) throws LatheException {
        Model model = GraphText.parse(text);
        return Verifier.of(Analysis.of(model, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()).stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .map(ElementsDeclaredRuleTest::words)
                .toList();
    }

    private static String words(Diagnostic d) {
        return d.code() + " @ " + d.place().words();
    }

    @ParameterizedTest(name = "{0} -> {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
        float32[2] | float32[2]      | float32[2]     |
        float32[2] | ?[2]            | float32[2]     | type-missing @ tensor 'y'
        float32[2] | seq(?[2])       | float32[2]     | type-missing @ tensor 'y'
        ?[2]       | float32[2]      | float32[2]     | type-missing @ tensor 'x'
        float32[2] | float32[2]      | ?[2]           | type-missing @ tensor 'z'
        """)
    void aTensorIsDeclaredWithAnElementType(String in, String out, String between, @Nullable String error)
            throws LatheException {
        String text = "model \"ONNX\" ir=10\nopset \"\" 17\ngraph g (x: " + in + ") -> (y: " + out + ") {\n"
                + "  declare unused: ?[3]\n  z: " + between + " = Relu(x)\n  y = "
                + (out.startsWith("seq") ? "SequenceConstruct" : "Neg") + "(z)\n}\n";
        assertThat(errors(text)).isEqualTo(error == null ? List.of() : List.of(error));
    }

    @Test
    void soIsOneInABranch() throws LatheException {
        String text = """
                model "ONNX" ir=10
                opset "" 17
                graph g (c: bool[], x: float32[2]) -> (y: float32[2]) {
                  y = If(c) {
                    then_branch = graph a () -> (p: ?[2]) { p = Relu(x) },
                    else_branch = graph b () -> (r) { r = Neg(x) }
                  }
                }
                """;
        assertThat(errors(text)).contains("type-missing @ tensor 'p'");
    }

    /// Where the function states a default, or is never called, all is well.
    @ParameterizedTest(name = "call {0}, function [{1}] {2}")
    @CsvSource(delimiter = '|', textBlock = """
        my:F(x) {r = [2]}  | r |            |
        my:F(x)            | r |            | node-contradiction
        my:F(x)            |   | r = [2]    |
        Relu(x)            | r |            |
        """)
    void aConstantOfAFunctionHasAValueInEveryCall(
            String call, @Nullable String name, @Nullable String otherwise, @Nullable String error)
            throws LatheException {
        String text = """
                model "ONNX" ir=10
                opset "" 18
                opset "my" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  y = %s as n
                }
                function "my" "" [%s] {%s} opset "" 18 graph F (a) -> (b) {
                  c = Constant() {value_ints = ref r 7} as one
                  b = Reshape(a, c)
                }
                """.formatted(call, name == null ? "" : name, otherwise == null ? "" : otherwise);
        List<String> found = errors(text);
        assertThat(found.stream().map(e -> e.replaceFirst(" @.*", "")))
                .isEqualTo(error == null ? List.of() : List.of(error));
    }
}
