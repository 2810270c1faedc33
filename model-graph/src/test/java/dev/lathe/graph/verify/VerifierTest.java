package dev.lathe.graph.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Samples;
import dev.lathe.graph.text.GraphText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class VerifierTest {
    static final List<String> SAMPLES = Samples.NAMES;

    private static final String HEAD = "model \"ONNX\" ir=10\nopset \"\" 17\n";

    private static List<Diagnostic> of(String text) throws LatheException {
        Model model = GraphText.parse(text);
        return Verifier.of(Analysis.of(model, DimBindings.NONE, JobContext.quiet()), JobContext.quiet());
    }

    private static List<String> errors(String text) throws LatheException {
        return of(text).stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .map(d -> d.code() + " @ " + d.place().words())
                .toList();
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void theSamplesHaveNoErrorsButOneUntypedInput(String name) throws LatheException {
        assertThat(errors(Samples.text(name))).isSubsetOf("type-missing @ tensor 'u'");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        y = Relu() as n                                         | input-missing
        y = Relu(x, x) as n                                     | too-many-inputs
        y, z = Relu(x) as n                                     | too-many-outputs
        y = Relu(x) {alpha = 1} as n                            | attribute-unknown
        y = Gemm(x, x) {alpha = 1} as n                         | attribute-kind
        y = Concat(x, x) as n                                   | attribute-missing
        y = Add(x, k) as n                                      | element-types-differ
        y = Reshape(x, x) as n                                  | element-type
        y = Relux(x) as n                                       | operator-unknown
        y = Upsample(x, x) as n                                 | operator-deprecated
        y = RMSNormalization(x, x) as n                         | operator-too-new
        y = If(c) {then_branch = graph a () -> (p) { p = Relu(x) }} as n | attribute-missing
        """)
    void aNodeThatBreaksARuleIsNamed(String line, String code) throws LatheException {
        String text =
                HEAD + "graph g (x: float32[2], k: int64[1], c: bool[]) -> (y: float32[2]) {\n  " + line + "\n}\n";
        assertThat(errors(text)).anyMatch(e -> e.startsWith(code + " @ node 'n'"));
    }

    @Test
    void bodiesMustFitTheNodeAroundThem() throws LatheException {
        String text = HEAD + """
                graph g (c: bool[], x: float32[2]) -> (y: float32[2], v: float32[2]) {
                  y = If(c) {then_branch = graph a (q: float32[2]) -> (p) { p = Relu(q) }, else_branch = graph b () -> (r) { r = Relu(x) }} as choose
                  v = Loop(_, c, x) {body = graph l (i: int64[], again: bool[]) -> (again, z) { z = Relu(x) }} as loop
                }
                """;
        assertThat(errors(text))
                .containsExactlyInAnyOrder("body-inputs @ node 'choose' (If)", "body-inputs @ node 'loop' (Loop)");
    }

    @Test
    void aModelMustImportTheSetsThatItUses() throws LatheException {
        assertThat(
                        errors(
                                "model \"ONNX\" ir=10\nopset \"\" 17\ngraph g (x: float32[2]) -> (y: float32[2]) {\n  y = ai.onnx.ml:Normalizer(x) as n\n}\n"))
                .containsExactly("opset-missing @ node 'n' (ai.onnx.ml:Normalizer)");
        assertThat(errors(
                        "model \"ONNX\" ir=10\ngraph g (x: float32[2]) -> (y: float32[2]) {\n  y = Relu(x) as n\n}\n"))
                .contains("opset-missing @ ");
    }

    @Test
    void whatGoesInAndOutHasATypeAndNobodyShadowsANameQuietly() throws LatheException {
        assertThat(errors(HEAD + "graph g (x) -> (y: float32[2]) {\n  y = Relu(x)\n}\n"))
                .containsExactly("type-missing @ tensor 'x'");
        assertThat(of(HEAD + """
                        graph g (c: bool[], x: float32[2]) -> (y: float32[2]) {
                          t = Relu(x)
                          y = If(c) {then_branch = graph a () -> (t) { t = Relu(x) }, else_branch = graph b () -> (r) { r = Neg(t) }}
                        }
                        """)).extracting(Diagnostic::code).contains("name-shadowed");
    }

    @Test
    void functionsThatCallThemselvesAreFound() throws LatheException {
        String text = "model \"ONNX\" ir=10\nopset \"\" 17\nopset \"local\" 1\n" + """
                graph g (x: float32[2]) -> (y: float32[2]) {
                  y = local:One(x) as n
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph One (v) -> (w) {
                  w = local:Two(v) as down
                }
                function "local" "" [] {} opset "" 17 opset "local" 1 graph Two (v) -> (w) {
                  w = local:One(v) as back
                }
                """;
        assertThat(errors(text))
                .contains("function-cycle @ node 'down' (local:Two)", "function-cycle @ node 'back' (local:One)");
    }
}
