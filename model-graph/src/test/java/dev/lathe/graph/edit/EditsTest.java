package dev.lathe.graph.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of edit, told as a statement, on models told as text.
class EditsTest {
    static final String MODEL = """
            model "ONNX" ir=8
            opset "" 17
            graph main (x: float32[n, 4]) -> (y: float32[n, 2]) {
              const w = float32[4, 2] {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0}
              const b = float32[2] {0.5, 0.25}
              d = Dropout(x) as drop
              h = MatMul(d, w) as dense
              z = Add(h, b) as bias
              y = Softmax(z) {axis = -1} as last
            }
            """;

    static final String NESTED = """
            model "ONNX" ir=8
            opset "" 17
            opset "local" 1
            graph main (x: float32[4], c: bool[]) -> (y: float32[4]) {
              t = local:Twice(x) as call
              y = If(c) {
                then_branch = graph yes () -> (a) {
                  a = Relu(t) as inner
                },
                else_branch = graph no () -> (b) {
                  b = Neg(t) as inner
                }
              } as choose
            }
            function "local" "" [] {} opset "" 17 graph Twice (v) -> (w) {
              w = Add(v, v) as sum
            }
            """;

    @Test
    void aTensorIsRenamedEverywhere() throws Exception {
        assertThat(edited(MODEL, "rename tensor x to pixels"))
                .contains("(pixels: float32[n, 4])", "Dropout(pixels)")
                .doesNotContain("(x");
    }

    @Test
    void aTensorMayHaveANameThatOnlyAnotherBranchHas() throws Exception {
        assertThat(edited(NESTED, "rename tensor b to a"))
                .contains("graph yes () -> (a)", "a = Relu(t)", "graph no () -> (a)", "a = Neg(t)");
        assertThat(edited(NESTED, "rename tensor w to x"))
                .as("that of another graph: a function's")
                .contains("(v) -> (x)", "x = Add(v, v)");
        for (String hides : List.of("rename tensor b to t", "rename tensor b to y", "rename tensor t to b")) {
            assertThatThrownBy(() -> model(NESTED, hides))
                    .as(hides)
                    .isInstanceOf(LatheException.class)
                    .hasMessageContaining("already");
        }
    }

    @Test
    void aNodeIsRenamed() throws Exception {
        assertThat(edited(MODEL, "rename node dense to stem")).contains("h = MatMul(d, w) as stem");
    }

    @Test
    void anAttributeIsSetAndTakenAway() throws Exception {
        assertThat(edited(MODEL, "set last axis = 1")).contains("y = Softmax(z) {axis = 1} as last");
        assertThat(edited(MODEL, "unset last axis")).contains("y = Softmax(z) as last");
    }

    @Test
    void aNodeThatIsTakenOutIsBypassed() throws Exception {
        assertThat(edited(MODEL, "remove drop"))
                .contains("h = MatMul(x, w)")
                .doesNotContain("Dropout")
                .doesNotContain(" d ");
        assertThat(edited(MODEL, "remove last")).contains("y = Add(h, b) as bias");
    }

    @Test
    void aNodeIsReplacedByOthers() throws Exception {
        assertThat(edited(MODEL, """
                replace last with {
                  const two = float32[] {2.0}
                  half = Div(z, two) as halve
                  y = Softmax(half) {axis = 1}
                }"""))
                .contains("const two = float32[]", "half = Div(z, two) as halve", "y = Softmax(half) {axis = 1}")
                .doesNotContain("as last");
    }

    @Test
    void nodesAreInsertedBehindATensor() throws Exception {
        assertThat(edited(MODEL, "insert after h { r = Relu(h) }")).contains("r = Relu(h)", "z = Add(r, b)");
        assertThat(edited(MODEL, "insert after y { big = Identity(y) }"))
                .as("an output keeps its name")
                .contains("big: float32[n, 2] = Softmax(z)", "y = Identity(big)");
        assertThat(edited(MODEL, "insert after x { s = Sigmoid(x)  t = Tanh(s) }"))
                .contains("s = Sigmoid(x)", "t = Tanh(s)", "Dropout(t)");
    }

    @Test
    void anOutputThatIsComputedInAnotherWayIsDeclaredAsWhatItIs() throws Exception {
        assertThat(edited(MODEL, "insert after y { half = Cast(y) {to = 10} }"))
                .contains("-> (y: float16[n, 2])", "half: float32[n, 2] = Softmax(z)", "y = Cast(half)");
        assertThat(edited(MODEL, "insert after y { half: float16[m, 2] = Cast(y) {to = 10} }"))
                .as("as it is told")
                .contains("-> (y: float16[m, 2])");
        assertThat(edited(MODEL, "insert after y { turned = Transpose(y) {perm = [1, 0]} }"))
                .contains("-> (y: float32[2, n])");
        assertThat(edited(MODEL, "insert after y { big = Identity(y) }")).contains("-> (y: float32[n, 2])");
        String turned = MODEL.replace("y: float32[n, 2]", "y: float16[2, n]")
                .replace(
                        "y = Softmax(z) {axis = -1}",
                        "t = Transpose(z) {perm = [1, 0]} as turn  y = Cast(t) {to = 10}");
        assertThat(edited(turned, "remove last")).contains("-> (y: float32[2, n])");
        assertThat(edited(turned, "remove last  remove turn")).contains("-> (y: float32[n, 2])");
    }

    @Test
    void anInsertedNodeStandsBeforeTheFirstThatNeedsItAndNothingElseMoves() throws Exception {
        assertThat(edited("""
                model "ONNX" ir=8
                opset "" 17
                graph main (x: float32[4]) -> (y: float32[4]) {
                  a = Relu(x) as first
                  b = Exp(x) as other
                  c = Neg(a) as second
                  y = Add(b, c) as last
                }
                """, "insert after a { r = Abs(a) }").lines().map(String::strip))
                .containsSubsequence(
                        "a = Relu(x) as first",
                        "b = Exp(x) as other",
                        "r = Abs(a)",
                        "c = Neg(r) as second",
                        "y = Add(b, c) as last");
    }

    @Test
    void anInputOfANodeIsRewired() throws Exception {
        assertThat(edited(MODEL, "rewire dense input 0 to x")).contains("h = MatMul(x, w)");
        assertThat(edited(MODEL, "rewire drop input 1 to _")).contains("d = Dropout(x) as drop");
    }

    @Test
    void aTypeIsDeclaredAndInferenceFollows() throws Exception {
        Model fixed = model(MODEL, "type x: float32[3, 4]  type y: float32[3, 2]");
        Analysis a = Analysis.of(fixed, DimBindings.NONE, JobContext.quiet());
        assertThat(a.freeDims()).isEmpty();
        assertThat(GraphText.print(
                        a.type(fixed.graph().valueNamed("h").orElseThrow().id())))
                .isEqualTo("float32[3, 2]");
    }

    @Test
    void outputsComeAndGo() throws Exception {
        assertThat(edited(MODEL, "output h")).contains("-> (y: float32[n, 2], h: float32[n, 2])");
        assertThat(edited(MODEL, "output h  no output y")).contains("-> (h: float32[n, 2])");
    }

    @Test
    void anOpsetIsDeclaredWhereNothingChangesItsMeaning() throws Exception {
        assertThat(edited(MODEL, "opset \"\" 18")).contains("opset \"\" 18");
        assertThat(edited(MODEL, "opset \"com.microsoft\" 1")).contains("opset \"com.microsoft\" 1");
        assertThatThrownBy(() -> model(MODEL, "opset \"\" 12"))
                .isInstanceOf(LatheException.class)
                .hasMessageContainingAll("opset 12 instead of 17", "changed its meaning");
    }

    @Test
    void bothNamesOfTheStandardOperatorsAreOneImport(@TempDir Path folder) throws Exception {
        String twice = MODEL.replace("opset \"\" 17\n", "opset \"\" 17\nopset \"ai.onnx\" 17\n");
        Model raised = model(twice, "opset \"\" 18");
        assertThat(raised.opsets()).containsOnly(Map.entry("", 18L), Map.entry("ai.onnx", 18L));
        assertThat(raised.opset()).isEqualTo(18);
        assertThat(model(MODEL.replace("\"\" 17", "\"ai.onnx\" 17"), "opset \"\" 18")
                        .opsets())
                .containsOnly(Map.entry("ai.onnx", 18L));
        Path head = folder.resolve("head.onnx");
        Formats.export(GraphText.parse(MODEL), head, JobContext.quiet());
        String none = """
                model "ONNX" ir=8
                opset "com.microsoft" 1
                graph g (x: float32[n, 4]) -> (y: float32[n, 4]) {
                  y = com.microsoft:Gelu(x)
                }
                """;
        String append = "append \"" + head.toString().replace("\\", "\\\\") + "\" connect y to x";
        assertThat(model(none, append).opsets())
                .as("a model that imports none takes those of the other")
                .containsOnly(Map.entry("", 17L), Map.entry("com.microsoft", 1L));
    }

    @Test
    void aPartIsCutOut() throws Exception {
        assertThat(edited(MODEL, "cut (h) -> (z)"))
                .contains("(h: float32[n, 2]) -> (z: float32[n, 2])", "z = Add(h, b)")
                .doesNotContain("MatMul", "Softmax");
    }

    @Test
    void aModelIsAppended(@TempDir Path folder) throws Exception {
        Path head = folder.resolve("head.onnx");
        Formats.export(GraphText.parse("""
                model "ONNX" ir=9
                opset "" 17
                opset "ai.onnx.ml" 3
                graph head (input: float32[m, 2], scale: float32[2]) -> (z: float32[m, 2]) {
                  h = Mul(input, scale) as dense
                  z = Relu(h)
                }
                """), head, JobContext.quiet());
        String text = edited(MODEL, "append \"" + head.toString().replace("\\", "\\\\") + "\" connect y to input");
        assertThat(text)
                .contains(
                        "ir=9",
                        "opset \"ai.onnx.ml\" 3",
                        "(x: float32[n, 4], scale: float32[2]) -> (z_2: float32[n, 2])",
                        "h_2 = Mul(y, scale) as dense_2",
                        "z_2 = Relu(h_2)");
        assertThatThrownBy(() -> model(MODEL, "append \"" + head.toString().replace("\\", "\\\\") + "\""))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("none of its inputs has the name of an output");
    }

    @Test
    void whatIsInsideNodesAndFunctionsIsEditedByItsPath() throws Exception {
        assertThat(edited(NESTED, "rename node choose.then_branch/inner to kept"))
                .contains("a = Relu(t) as kept", "b = Neg(t) as inner");
        assertThat(edited(NESTED, "replace \"local:Twice/sum\" with { w = Mul(v, v) }"))
                .contains("w = Mul(v, v)");
        assertThat(edited(NESTED, "insert after t { u = Abs(t) }")).contains("a = Relu(u)", "b = Neg(u)");
        assertThat(edited(NESTED, "rewire choose.else_branch/inner input 0 to x"))
                .contains("b = Neg(x)");
        assertThatThrownBy(() -> model(NESTED, "remove inner"))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("has 2 nodes 'inner'");
    }

    @Test
    void nodesOfOneNameAreToldApart() throws Exception {
        String twins = MODEL.replace("as dense", "as c").replace("as bias", "as c");
        assertThatThrownBy(() -> model(twins, "remove c"))
                .isInstanceOf(LatheException.class)
                .satisfies(e -> assertThat(((LatheException) e).diagnostic().line())
                        .contains("has 2 nodes 'c'", "MatMul_1, Add_2"));
        assertThat(edited(twins, "rename node \"c#2\" to bias"))
                .contains("h = MatMul(d, w) as c", "z = Add(h, b) as bias");
        assertThat(edited(twins, "rename node MatMul_1 to dense")).contains("as dense", "z = Add(h, b) as c");
        Model model = GraphText.parse(twins);
        for (Node n : model.graph().nodes()) {
            String name = ModelNames.nodeName(model, n.id()).orElseThrow();
            assertThat(ModelNames.of(model).node(name).node()).isSameAs(n);
        }
        assertThatThrownBy(() -> model(twins, "remove \"c#3\"")).isInstanceOf(LatheException.class);
    }

    @Test
    void changesThatOnlyTogetherKeepTheRulesAreMadeTogether() throws Exception {
        assertThatThrownBy(() -> model(MODEL, "type x: float32[n, 3]")).isInstanceOf(LatheException.class);
        assertThat(edited(
                        MODEL,
                        "type x: float32[n, 3]  insert after x { const p = int64[4] {0, 0, 0, 1}  x4 = Pad(x, p) }"))
                .contains("x4 = Pad(x, p)");
    }

    @Test
    void editsLeaveTheModelThatTheyWereMadeOnAsItWas() throws Exception {
        Model model = GraphText.parse(MODEL);
        String before = GraphText.print(model);
        Model after = Edits.apply(model, EditScript.parse("remove drop  output h"), JobContext.quiet());
        assertThat(after).isNotSameAs(model);
        assertThat(GraphText.print(model)).isEqualTo(before);
        assertThat(after.graph().nodes().getLast())
                .as("what is not touched is shared")
                .isSameAs(model.graph().nodes().getLast());
    }

    @Test
    void aModelThatBreaksRulesAlreadyCanBeEdited() throws Exception {
        String broken = MODEL.replace("{axis = -1}", "{axis = -1, nonsense = 1}");
        assertThat(edited(broken, "rename node last to final")).contains("as final");
        assertThat(edited(broken, "unset last nonsense")).doesNotContain("nonsense");
    }

    @Test
    void whatWasBrokenAlreadyMayBeRenamedAndDeclared() throws Exception {
        String broken = MODEL.replace("{axis = -1}", "{axis = -1, nonsense = 1}");
        assertThat(edited(broken, "rename tensor nonsense2 to nonsense".replace("nonsense2", "z")))
                .contains("nonsense = Add");
        String contradicts = MODEL.replace("-> (y: float32[n, 2])", "-> (y: float32[n, 3])");
        assertThat(GraphText.print(model(contradicts, "type x: float32[5, 4]  rename node last to end")))
                .contains("x: float32[5, 4]", "as end");
    }

    @Test
    void editingStopsWhenItsJobIsCancelledAlsoWhileTheCulpritIsLookedFor() throws Exception {
        Model model = GraphText.parse(MODEL);
        List<Edit> edits = EditScript.parse("rename node drop to a  set last bogus = 1  rename node bias to b");
        int[] asked = {0};
        JobContext counting = asking(asked, Integer.MAX_VALUE);
        assertThatThrownBy(() -> Edits.apply(model, edits, counting)).isInstanceOf(LatheException.class);
        int all = asked[0];
        for (int stop : new int[] {1, all / 2, all}) {
            asked[0] = 0;
            assertThatThrownBy(() -> Edits.apply(model, edits, asking(asked, stop)))
                    .isInstanceOf(JobCancelledException.class);
        }
    }

    private static JobContext asking(int[] asked, int stop) {
        return new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                // nobody looks
            }

            @Override
            public boolean cancelled() {
                return ++asked[0] >= stop;
            }
        };
    }

    @Test
    void aScriptIsPrintedAndReadBack() throws Exception {
        String script = """
                rename tensor "a b" to c
                rename node n:1 to "two words"
                set Conv_3 strides = [2, 2]
                set Conv_3 auto_pad = "SAME_UPPER"
                unset Conv_3 pads
                remove Dropout_7
                replace Erf_2 with { y = Gelu(x) {approximate = "tanh"} }
                insert after x { const w = float32[1] {2.0}  y = Mul(x, w) }
                rewire Add_4 input 1 to bias
                type pixels: float32[1, 3, h, w]
                output hidden
                no output debug
                opset "" 18
                append "head.onnx" connect y to input, z to other
                cut (a, "b c") -> (d)
                """.replace("n:1", "\"n:1\"");
        List<Edit> edits = EditScript.parse(script);
        assertThat(edits).hasSize(15);
        assertThat(EditScript.parse(EditScript.print(edits))).isEqualTo(edits);
    }

    static Model model(String text, String script) throws LatheException {
        return Edits.apply(GraphText.parse(text), EditScript.parse(script), JobContext.quiet());
    }

    static String edited(String text, String script) throws LatheException {
        Model after = model(text, script);
        Model read = GraphText.parse(GraphText.print(after));
        assertThat(GraphText.print(read)).isEqualTo(GraphText.print(after));
        if (!text.contains("nonsense")) {
            assertThat(Verifier.of(Analysis.of(after, DimBindings.NONE, JobContext.quiet()), JobContext.quiet()))
                    .filteredOn(d -> d.severity() == Severity.ERROR)
                    .isEmpty();
        }
        return GraphText.print(after);
    }
}
