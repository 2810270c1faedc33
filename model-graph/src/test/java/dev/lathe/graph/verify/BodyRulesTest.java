package dev.lathe.graph.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.text.GraphText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies of If, Loop and Scan that ONNX Runtime refuses to load are errors of their node; those that it loads are
/// none.
class BodyRulesTest {
    private static final String INPUTS =
            "x: float32[2], m: float32[5, 2], e: float32[3, 5, 2], n: int64[], c: bool[], q: seq(float32[2])";

    private static List<String> found(Severity severity, String text) throws LatheException {
        Model model = GraphText.parse(text);
        return Verifier.of(model, Inference.of(model, JobContext.quiet()), JobContext.quiet()).stream()
                .filter(d -> d.severity() == severity && !d.code().equals("type-missing"))
                .map(Diagnostic::code)
                .toList();
    }

    private static String model(int opset, String nodes) {
        return "model \"ONNX\" ir=10\nopset \"\" " + opset + "\ngraph g (" + INPUTS + ") -> (y) {\n" + nodes + "\n}\n";
    }

    private static String loop(String outputs, String inputs, String body) {
        return model(21, outputs + " = Loop(" + inputs + ") {body = graph l " + body + "} as k");
    }

    private static String scan(int opset, String outputs, String inputs, String more, String body) {
        return model(
                opset,
                outputs + " = Scan(" + inputs + ") {num_scan_inputs = " + more + ", body = graph l " + body + "} as k");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        (i: int64[], g: bool[], v: float32[2]) -> (g, o) { o = Cast(v) {to = 11} }           | carried-type
        (i: int32[], g: bool[], v: float32[2]) -> (g, o) { o = Relu(v) }                     | body-type
        (i: int64[], g: float32[], v: float32[2]) -> (h, o) { h = Cast(g) {to = 9} o = Relu(v) } | body-type
        (i: int64[], g: bool[], v: float64[2]) -> (g, o) { o = Cast(v) {to = 1} }            | body-type
        (i: int64[], g: bool[], v: float32[2]) -> (g, o, s) { o = Relu(v) s = Exp(v) }       | body-outputs
        (i: int64[], g: bool[], v: float32[2]) -> (g, o) { o = Relu(v) }                     |
        (i, g, v) -> (g, o) { o = Relu(v) }                                                  |
        (i: int64[1], g: bool[], v: float32[k]) -> (g, o) { o = Concat(v, v) {axis = 0} }    |
        (i: int64[], g: bool[], v: float32[2]) -> (g, o) { o = SequenceConstruct(v) }        |
        """)
    void whatALoopCarriesComesBackAsItWent(String body, @Nullable String code) throws LatheException {
        assertThat(found(Severity.ERROR, loop("y", "n, c, x", body)))
                .isEqualTo(code == null ? List.of() : List.of(code));
    }

    @Test
    void aConditionThatNobodyGivesNeedsATypeInTheBody() throws LatheException {
        assertThat(found(Severity.ERROR, loop("y", "n, _, x", "(i, g, v) -> (g, o) { o = Relu(v) }")))
                .containsExactly("body-untyped");
        assertThat(found(Severity.ERROR, loop("y", "n, _, x", "(i, g: bool[], v) -> (g, o) { o = Relu(v) }")))
                .isEmpty();
    }

    @Test
    void allThatALoopCarriesComesOutOfIt() throws LatheException {
        String body = "(i, g, v, w) -> (g, o) { o = Add(v, w) }";
        assertThat(found(Severity.ERROR, loop("y", "n, c, x, x", body))).contains("carried-outputs");
    }

    @Test
    void whatALoopCollectsIsATensor() throws LatheException {
        String body = "(i, g, v) -> (g, o, s) { o = Relu(v) s = SequenceConstruct(v) }";
        assertThat(found(Severity.ERROR, loop("y, z", "n, c, x", body))).containsExactly("body-type");
    }

    @Test
    void outputsWithoutANameAreLegalButDoNotLoad() throws LatheException {
        String body = "(i, g, v) -> (g, o, s, r) { o = Relu(v) s = Exp(v) r = Exp(v) }";
        assertThat(found(Severity.WARNING, loop("z, _, y", "n, c, x", body))).containsExactly("output-unnamed");
        assertThat(found(Severity.WARNING, loop("_, z, y", "n, c, x", body))).isEmpty();
        assertThat(found(Severity.ERROR, loop("z, _, y", "n, c, x", body))).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        1                                    | (v: float32[2]) -> (o) { o = Relu(v) }                |
        1                                    | (v) -> (o) { o = Relu(v) }                            |
        2                                    | (v) -> (o) { o = Relu(v) }                            | scan-inputs
        0                                    | (v) -> (o) { o = Relu(v) }                            | scan-inputs
        1, scan_input_axes = [0, 0]          | (v) -> (o) { o = Relu(v) }                            | scan-count
        1, scan_input_axes = [2]             | (v) -> (o) { o = Relu(v) }                            | scan-axis
        1, scan_input_axes = [-1]            | (v) -> (o) { o = Relu(v) }                            |
        1, scan_output_axes = [0, 0]         | (v) -> (o) { o = Relu(v) }                            | scan-count
        1, scan_output_axes = [2]            | (v) -> (o) { o = Relu(v) }                            | scan-axis
        1, scan_output_axes = [-2]           | (v) -> (o) { o = Relu(v) }                            |
        1, scan_input_directions = [0, 1, 1] | (v) -> (o) { o = Relu(v) }                            | scan-count
        1, scan_input_directions = [2]       | (v) -> (o) { o = Relu(v) }                            | scan-direction
        1, scan_output_directions = [1]      | (v) -> (o) { o = Relu(v) }                            |
        1                                    | (v: float64[2]) -> (o) { o = Cast(v) {to = 1} }       | body-type
        1                                    | (v) -> (o, p) { o = Relu(v) p = Exp(v) }              | body-outputs
        """)
    void aScanIsToldAsMuchAsItScans(String more, String body, @Nullable String code) throws LatheException {
        assertThat(found(Severity.ERROR, scan(21, "y", "m", more, body)))
                .isEqualTo(code == null ? List.of() : List.of(code));
    }

    @Test
    void theFirstScanHasABatchAndOneListOfDirections() throws LatheException {
        String body = "(v: float32[2]) -> (o) { o = Relu(v) }";
        assertThat(found(Severity.ERROR, scan(8, "y", "_, e", "1, directions = [1]", body)))
                .isEmpty();
        assertThat(found(Severity.ERROR, scan(8, "y", "_, e", "1, directions = [0, 0]", body)))
                .containsExactly("scan-count");
        assertThat(found(Severity.ERROR, scan(8, "y", "_, e", "2", body))).containsExactly("scan-inputs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1, scan_input_axes = [2]", "1, scan_output_axes = [2]", "1, scan_output_axes = [-3]"})
    void anAxisOutsideIsToldOnce(String more) throws LatheException {
        String body = "(v) -> (o) { o = Relu(v) }";
        assertThat(found(Severity.ERROR, scan(21, "y", "m", more, body))).containsExactly("scan-axis");
        assertThat(found(Severity.WARNING, scan(21, "y", "m", more, body))).isEmpty();
    }

    @Test
    void anOldScanHasABatchOfSequences() throws LatheException {
        String text = "model \"ONNX\" ir=3\nopset \"\" 8\ngraph g (%s, l: int64[%d]) -> (y: float32[...]) {\n"
                + "  y = Scan(%s, x) {body = graph b (v: float32[...]) -> (o) { o = Relu(v) }, num_scan_inputs = 1} as k\n}\n";
        assertThat(found(Severity.ERROR, text.formatted("x: float32[2, 5, 4]", 2, "l")))
                .isEmpty();
        assertThat(found(Severity.ERROR, text.formatted("x: float32[2, 5, 4]", 3, "l")))
                .containsExactly("shape-contradiction");
        assertThat(found(Severity.ERROR, text.formatted("x: float32[5]", 2, "_")))
                .containsExactly("shape-contradiction");
    }

    @Test
    void whatAScanCarriesKeepsItsShape() throws LatheException {
        String body = "(s: float32[2], v: float32[2]) -> (t: float32[%s], o) { t = %s o = Relu(v) }";
        assertThat(found(Severity.ERROR, scan(21, "z, y", "x, m", "1", body.formatted("4", "Concat(s, v) {axis = 0}"))))
                .containsExactly("carried-shape");
        assertThat(found(Severity.ERROR, scan(21, "z, y", "x, m", "1", body.formatted("k", "Add(s, v)"))))
                .isEmpty();
    }

    @ParameterizedTest(name = "opset {0}: {1} / {2}")
    @CsvSource(delimiter = '|', textBlock = """
        21 | (a) { a = Relu(x) }                   | (b) { b = Exp(x) }                        |
        21 | (a) { a = Relu(x) }                   | (b, d) { b = Exp(x) d = Neg(x) }          | body-outputs
        21 | (a, d) { a = Relu(x) d = Neg(x) }     | (b) { b = Exp(x) }                        | body-outputs
        21 | (a) { a = Relu(x) }                   | (b) { b = Concat(x, x) {axis = 0} }       |
        21 | (a) { a = Relu(x) }                   | (b) { b = Relu(m) }                       |
        10 | (a) { a = Relu(x) }                   | (b) { b = Concat(x, x) {axis = 0} }       | branch-shapes-differ
        10 | (a) { a = Relu(x) }                   | (b) { b = Relu(m) }                       | branch-shapes-differ
        10 | (a) { a = Relu(x) }                   | (b: float32[7]) { b = Concat(x, x) {axis = 0} } |
        10 | (a) { a = Relu(x) }                   | (b) { b = Exp(x) }                        |
        """)
    void branchesGiveAsManyOutputsAsTheNodeHas(int opset, String then, String otherwise, @Nullable String code)
            throws LatheException {
        String node = "y = If(c) {then_branch = graph a () -> " + then + ", else_branch = graph b () -> " + otherwise
                + "} as k";
        assertThat(found(Severity.ERROR, model(opset, node))).isEqualTo(code == null ? List.of() : List.of(code));
    }

    @ParameterizedTest
    @CsvSource({"'my:F(n, c, x)', body-outputs", "Relu(x),"})
    void onlyFunctionsThatAreCalledAreLoaded(String call, @Nullable String code) throws LatheException {
        String text =
                "model \"ONNX\" ir=10\nopset \"\" 21\nopset \"my\" 1\ngraph g (" + INPUTS + ") -> (y) {\n  y = " + call
                        + " as k\n}\nfunction \"my\" \"\" [] {} opset \"\" 21 graph F (n, c, x) -> (y) {\n"
                        + "  y = Loop(n, c, x) {body = graph l (i, g, v) -> (g, o, s) { o = Relu(v) s = Exp(v) }}\n}\n";
        assertThat(found(Severity.ERROR, text)).isEqualTo(code == null ? List.of() : List.of(code));
    }
}
