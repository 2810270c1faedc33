package dev.lathe.graph.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.DType;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Samples;
import dev.lathe.graph.text.GraphText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class VerifierTest {
    static final List<String> SAMPLES = Samples.NAMES;

    private static final String HEAD = "model \"ONNX\" ir=10\nopset \"\" 17\nopset \"ai.onnx.ml\" 3\n";

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

    @Test
    void aNodeIsSplitByAConfigurationThatTheModelDeclares() throws LatheException {
        Model plain = GraphText.parse(HEAD + "graph g (x: float32[4]) -> (y: float32[4]) {\n  y = Relu(x) as n\n}\n");
        var editor = plain.graph().edit();
        // NodeProto.device_configurations {configuration_id: "pair"}
        editor.replace(
                plain.graph().nodes().getFirst().withExtra(Extra.of(new byte[] {82, 6, 10, 4, 'p', 'a', 'i', 'r'})));
        Model split = plain.withGraph(editor.commit());
        assertThat(Verifier.of(split, Inference.of(split, JobContext.quiet()), JobContext.quiet()))
                .extracting(Diagnostic::code, d -> d.place().words())
                .containsExactly(tuple("node-configuration-unknown", "node 'n' (Relu)"));
        // ModelProto.configuration {name: "pair"}
        Model declared = new Model(
                split.format(),
                split.source(),
                split.irVersion(),
                split.opsets(),
                split.producerName(),
                split.producerVersion(),
                split.domain(),
                split.modelVersion(),
                split.doc(),
                split.metadata(),
                split.graph(),
                split.functions(),
                Extra.of(new byte[] {(byte) 210, 1, 6, 10, 4, 'p', 'a', 'i', 'r'}));
        assertThat(Verifier.of(declared, Inference.of(declared, JobContext.quiet()), JobContext.quiet()))
                .isEmpty();
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void theSamplesHaveNoErrorsButUntypedInputs(String name) throws LatheException {
        assertThat(errors(Samples.text(name))).isSubsetOf("type-missing @ tensor 'u'", "type-missing @ tensor 'd'");
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
        y = Relu(s) as n                                        | element-type
        y = Conv(k, k) as n                                     | element-type
        y = Not(x) as n                                         | element-type
        y = SequenceLength(x) as n                              | element-type
        y = SequenceConstruct(x, k) as n                        | element-types-differ
        y = Concat(x, k) {axis = 0} as n                        | element-types-differ
        y = Cast(x) {to = 17} as n                              | element-type
        y = ai.onnx.ml:Normalizer(s) as n                       | element-type
        y = Relux(x) as n                                       | operator-unknown
        y = Upsample(x, x) as n                                 | operator-deprecated
        y = RMSNormalization(x, x) as n                         | operator-too-new
        y = Reshape(x, _) as n                                  | input-missing
        y, z = TopK(x, _) as n                                  | input-missing
        y = Pad(x, _) as n                                      | input-missing
        y = Unsqueeze(x, _) as n                                | input-missing
        y = If(c) {then_branch = graph a () -> (p) { p = Relu(x) }} as n | attribute-missing
        """)
    void aNodeThatBreaksARuleIsNamed(String line, String code) throws LatheException {
        String text = HEAD + "graph g (x: float32[2], k: int64[1], c: bool[], s: string[2]) -> (y: float32[2]) {\n  "
                + line + "\n}\n";
        assertThat(errors(text)).anyMatch(e -> e.startsWith(code + " @ node 'n'"));
    }

    /// Relu takes integers since version 14.
    @ParameterizedTest
    @CsvSource({"13, element-type @ node 'n' (Relu)", "14, "})
    void whatAnOperatorTakesDependsOnTheVersion(int opset, @Nullable String error) throws LatheException {
        String text = "model \"ONNX\" ir=10\nopset \"\" " + opset
                + "\ngraph g (k: int32[2]) -> (y: int32[2]) {\n  y = Relu(k) as n\n}\n";
        assertThat(errors(text)).isEqualTo(Stream.ofNullable(error).toList());
    }

    /// Signatures and attributes are those of the version, not of all versions together.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        13 | y = ReduceMean(x, k) as n                            | too-many-inputs
        18 | y = ReduceMean(x, k) as n                            |
        13 | y = ReduceMean(x) {axes = [0], keepdims = 0} as n    |
        18 | y = ReduceMean(x) {axes = [0], keepdims = 0} as n    | attribute-unknown
        12 | y, m = Dropout(x) {ratio = 0.5} as n                 | attribute-unknown
        11 | y, m = Dropout(x) {ratio = 0.5} as n                 |
        10 | y = Clip(x) {min = 0.0} as n                         |
        11 | y = Clip(x) {min = 0.0} as n                         | attribute-unknown
        6  | y = Tile(x, k) as n                                  |
        """)
    void whatANodeMayHaveDependsOnTheVersion(int opset, String line, @Nullable String code) throws LatheException {
        String text = "model \"ONNX\" ir=10\nopset \"\" " + opset
                + "\ngraph g (x: float32[2], k: int64[1]) -> (y) {\n  " + line + "\n}\n";
        assertThat(errors(text).stream().map(e -> e.replaceFirst(" @.*", "")))
                .isEqualTo(Stream.ofNullable(code).toList());
    }

    @Test
    void whatAnOperatorTakesIsTold() throws LatheException {
        String text = HEAD + "graph g (s: string[2]) -> (y: string[2]) {\n  y = Neg(s) as n\n}\n";
        assertThat(of(text).stream().map(Diagnostic::message))
                .contains("its input 'X' is string; in version 17 of ai.onnx the operator takes bfloat16, float16, "
                        + "float32, float64, int16, int32, int64, int8");
    }

    @Test
    void versionsThatThereAreNotYetAreErrors() throws LatheException {
        String text = "model \"ONNX\" ir=99\nopset \"\" 99\nopset \"com.microsoft\" 9\nopset \"mine\" 9\n"
                + "graph g (x: float32[2]) -> (y: float32[2]) {\n  y = Relu(x)\n}\n";
        assertThat(of(text))
                .extracting(d -> d.severity() + " " + d.code())
                .containsExactly("ERROR ir-version-newer", "ERROR opset-newer", "ERROR opset-newer");
    }

    /// Its optimizer writes them there.
    @Test
    void whatOnnxRuntimeHasInOlderVersionsIsNoError() throws LatheException {
        String text =
                "model \"ONNX\" ir=10\nopset \"\" 11\ngraph g (x: float32[2], s: float32[2]) -> (y: float32[2]) {\n"
                        + "  y = LayerNormalization(x, s)\n}\n";
        assertThat(of(text)).extracting(d -> d.severity() + " " + d.code()).containsExactly("WARNING operator-too-new");
    }

    @Test
    void anOperatorOfADomainThatHasOtherFunctionsIsAnError() throws LatheException {
        String text = """
                model "ONNX" ir=10
                opset "" 17
                opset "my" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  y = my:%s(x) as n
                }
                function "my" "" [] {} opset "" 17 graph F (a) -> (b) {
                  b = Neg(a)
                }
                """;
        assertThat(errors(text.formatted("F"))).isEmpty();
        assertThat(errors(text.formatted("G"))).containsExactly("operator-unknown @ node 'n' (my:G)");
    }

    @Test
    void aFunctionMustImportWhatItUses() throws LatheException {
        String text = """
                model "ONNX" ir=10
                opset "" 18
                opset "my" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  y = my:F(x) as n
                }
                function "my" "" [] {}%s graph F (a) -> (b) {
                  b = Relu(a)
                }
                """;
        assertThat(errors(text.formatted(""))).containsExactly("opset-missing @ node 'F' (my function)");
        assertThat(errors(text.formatted(" opset \"\" 18"))).isEmpty();
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
    void aNodeInsideThatComputesANameOfTheGraphAroundIsAnErrorAndAConstantAWarning() throws LatheException {
        String text = HEAD + """
                graph g (c: bool[], x: float32[2]) -> (y: float32[2]) {
                  t = Relu(x)
                  y = If(c) {
                    then_branch = graph a () -> (p) { %s  p = Relu(t) },
                    else_branch = graph b () -> (r) { r = Neg(x) }
                  }
                }
                """;
        assertThat(errors(text.formatted("t = Abs(x)"))).containsExactly("name-shadowed @ tensor 't'");
        assertThat(errors(text.formatted("const t = float32[2] {1.0, 2.0}"))).isEmpty();
    }

    @Test
    void aTensorIsDefinedOnceAndBeforeItsUse() throws LatheException {
        Model model = GraphText.parse(HEAD + """
                graph g (x: float32[2]) -> (y: float32[2]) {
                  a = Relu(x)
                  y = Neg(a)
                }
                """);
        Graph g = model.graph();
        Tensor one = Tensor.of(DType.FLOAT32, List.of(2L), Weights.Heap.of(new byte[8]));
        assertThat(codes(model, g.nodes(), Map.of(g.nodes().getFirst().output(0), one)))
                .containsExactly("value-twice @ tensor 'a'");
        assertThat(codes(model, List.of(g.nodes().getLast()), Map.of()))
                .containsExactly("value-undefined @ tensor 'a'");
        assertThat(codes(model, g.nodes(), Map.of(g.inputs().getFirst(), one)))
                .as("an input may have a default")
                .isEmpty();
        assertThat(errors(HEAD + """
                graph g (x: float32[2]) -> (y: float32[2]) {
                  y = Relu(x)
                }
                function "local" "" [] {} opset "" 17 graph G (v) -> (w) {
                  const c = float32[] {2.0}
                  w = Mul(v, c)
                }
                """)).contains("function-constant @ tensor 'c'");
    }

    private static List<String> codes(Model model, List<Node> nodes, Map<ValueId, Tensor> constants) {
        Graph g = model.graph();
        Map<ValueId, Value> table = new LinkedHashMap<>();
        g.values().forEach(v -> table.put(v.id(), v));
        Model changed =
                model.withGraph(new Graph("g", "", g.inputs(), g.outputs(), nodes, table, constants, Extra.NONE));
        return Verifier.of(changed, Inference.of(changed, JobContext.quiet()), JobContext.quiet()).stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .map(d -> d.code() + " @ " + d.place().words())
                .toList();
    }

    @Test
    void aFunctionsOperatorIsThatOfTheModelsVersion() throws LatheException {
        String text = """
                model "ONNX" ir=10
                opset "" 20
                opset "my" 1
                graph g (x: float32[2]) -> (y: float32[2]) {
                  y = my:F(x) {k = 1} as call
                }
                function "my" "" [k, k] {} opset "" 9 graph F (a) -> (b) {
                  b = Relu(a) as n
                }
                """;
        assertThat(errors(text))
                .containsExactlyInAnyOrder(
                        "attribute-twice @ node 'F' (my function)", "function-opset @ node 'n' (Relu)");
        assertThat(errors(text.replace("k, k", "k").replace("opset \"\" 9", "opset \"\" 14")))
                .isEmpty();
    }

    /// ONNX Runtime does not load it, even where nobody wants the others.
    @Test
    void aCallWithFewerOutputsThanItsFunctionHasIsAnError() throws LatheException {
        assertThat(errors("""
                model "ONNX" ir=10
                opset "" 18
                opset "my" 1
                graph g (x: float32[2]) -> (y) {
                  y = my:F(x) as n
                }
                function "my" "" [] {} opset "" 18 graph F (a) -> (b, c) {
                  b = Relu(a)
                  c = Abs(a)
                }
                """)).containsExactly("too-few-outputs @ node 'n' (my:F)");
    }

    /// Also through a function that hands the attribute on, and inside a branch.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        y = my:C(x) {ax = 1} as n                      |
        y = my:C(x) {ax = "s"} as n                    | attribute-kind @ node 'n' (my:C)
        y = my:C(x) as n                               | attribute-missing @ node 'n' (my:C)
        y = my:Outer(x) as n                           |
        y = my:Outer(x) {bx = 0.5} as n                | attribute-kind @ node 'n' (my:Outer)
        y = my:Soft(x) as n                            |
        y = my:Soft(x) {sx = "s"} as n                 | attribute-kind @ node 'n' (my:Soft)
        """)
    void whatACallGivesIsWhatTheFunctionsOperatorsTake(String line, @Nullable String error) throws LatheException {
        String text = """
                model "ONNX" ir=10
                opset "" 20
                opset "my" 1
                graph g (x: float32[2, 3]) -> (y: float32[N, M]) {
                  %s
                }
                function "my" "" [ax] {} opset "" 20 graph C (z) -> (q) {
                  q = Concat(z, z) {axis = ref ax 2} as c
                }
                function "my" "" [] {bx = 1} opset "" 20 opset "my" 1 graph Outer (z) -> (q) {
                  q = my:C(z) {ax = ref bx 2} as inner
                }
                function "my" "" [sx] {} opset "" 20 graph Soft (z) -> (q) {
                  c = Constant() {value_int = 1} as one
                  d = Cast(c) {to = 9} as bool
                  q = If(d) {then_branch = graph t () -> (u) { u = Softmax(z) {axis = ref sx 2} }, else_branch = graph e () -> (v) { v = Relu(z) }} as branch
                }
                """.formatted(line);
        assertThat(errors(text)).isEqualTo(error == null ? List.of() : List.of(error));
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
