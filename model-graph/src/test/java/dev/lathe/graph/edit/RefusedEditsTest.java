package dev.lathe.graph.edit;

import static dev.lathe.graph.edit.EditsTest.MODEL;
import static dev.lathe.graph.edit.EditsTest.NESTED;
import static dev.lathe.graph.edit.EditsTest.edited;
import static dev.lathe.graph.edit.EditsTest.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.LatheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What edits refuse, and in which words.
class RefusedEditsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "remove nothing",
                "rename tensor x to w",
                "rename tensor nothing to w2",
                "rename node drop to dense",
                "unset last nothing",
                "rewire dense input 0 to nothing",
                "replace last with { q = Relu(z) }",
                "replace last with { y = Softmax(nothing) }",
                "insert after h { }",
                "output y",
                "type w: float32[4, 3]",
                "no output y",
                "no output h",
                "cut (nothing) -> (z)",
                "rename tensor",
                "frobnicate x",
                "append \"nothing.onnx\"",
                "opset \"\" 400",
            })
    void whatCannotBeDoneIsRefused(String statement) {
        assertThatThrownBy(() -> model(MODEL, statement)).isInstanceOf(LatheException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rewire bias input 1 to _",
                "rewire dense input 1 to b",
                "set last nothing = 3",
                "set last axis = \"one\"",
                "rewire dropped input 0 to y",
                "type x: int64[n, 4]",
                "replace last with { y = Frobnicate(z) }",
            })
    void anEditThatBreaksARuleIsRefusedAndNamesTheEditAndThePlace(String statement) {
        assertThatThrownBy(() -> model(MODEL, "rename node drop to dropped  " + statement))
                .isInstanceOf(LatheException.class)
                .satisfies(e -> assertThat(((LatheException) e).diagnostic().line())
                        .containsAnyOf("'" + statement + "' would make the model invalid", "cycle"));
    }

    @Test
    void aNodeThatIsNotThereIsAnsweredWithThoseInsideNodesAndFunctions() {
        String model = """
                model "ONNX" ir=10
                opset "" 20
                opset "my" 1
                graph g (c: bool[], x: float32[2]) -> (y: float32[2]) {
                  h = my:F(x) as call
                  y = If(c) {then_branch = graph t () -> (p) { p = Relu(h) }, else_branch = graph e () -> (r) { r = Abs(h) }} as choose
                }
                function "my" "" [] {} opset "" 20 graph F (v) -> (w) {
                  w = Neg(v)
                }
                """;
        assertThatThrownBy(() -> model(model, "remove choose.then_branch/Relu_77"))
                .satisfies(e -> assertThat(
                                ((LatheException) e).diagnostic().remedy().orElseThrow())
                        .matches(".*there are choose\\.then_branch/Relu_[0-9]+\\."));
        assertThatThrownBy(() -> model(model, "remove Neg_77"))
                .satisfies(e -> assertThat(
                                ((LatheException) e).diagnostic().remedy().orElseThrow())
                        .matches(".*there are \"my:F/Neg_[0-9]+\"\\."));
    }

    @Test
    void aProblemInBracesSaysWhoseBracesTheyAre() {
        assertThatThrownBy(() -> model(MODEL, "rename node drop to d1  replace last with { y = Softmax(nothing) }"))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("in the braces of 'replace last', line 1, column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert after h { const w = float32[2, 2] {1.0, 0.0, 0.0, 1.0}  k = MatMul(h, w) }",
                "insert after h { const x = float32[] {1.0}  k = Mul(h, x) }",
                "replace last with { const z = float32[2] {1.0, 0.0}  y = Softmax(z) }",
            })
    void aConstantOfAnEditNeverTakesTheNameOfATensor(String statement) {
        assertThatThrownBy(() -> model(MODEL, statement))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("is defined twice");
        assertThatThrownBy(() -> model(
                        NESTED, "insert after choose.then_branch/a { const t = float32[] {2.0}  b2 = Mul(a, t) }"))
                .as("nor that of one around its graph")
                .hasMessageContaining("'t' is defined twice");
    }

    @Test
    void nothingIsPutBehindAnInputThatIsAnOutput() {
        String through = MODEL.replace("-> (y: float32[n, 2])", "-> (y: float32[n, 2], x: float32[n, 4])");
        assertThatThrownBy(() -> model(through, "insert after x { k = Neg(x) }"))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("nothing can be put between");
    }

    @Test
    void anErrorThatGoesMakesNoRoomForAnother() {
        String broken = MODEL.replace("{axis = -1}", "{axis = -1, nonsense = 1}");
        assertThatThrownBy(() -> model(broken, "unset last nonsense  set bias bogus = 3"))
                .isInstanceOf(LatheException.class)
                .hasMessageContainingAll("'set bias bogus = 3' would", "'bogus'");
        assertThatThrownBy(() -> model(broken, "unset last nonsense  set last bogus = 3"))
                .isInstanceOf(LatheException.class);
    }

    @Test
    void theEditThatBroughtTheErrorIsNamedAndNotOneThatALaterOneRepairs() {
        assertThatThrownBy(() -> model(
                        MODEL,
                        "type x: float32[n, 3]  insert after x { const p = int64[4] {0, 0, 0, 1}  x4 = Pad(x, p) }"
                                + "  set last bogus = 1  rename node last to end"))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("'set last bogus = 1' would make the model invalid");
    }

    @Test
    void insideNodesATypeThatIsNotComputedIsRefused() throws Exception {
        assertThatThrownBy(() -> model(NESTED, "type choose.then_branch/a: int64[4]"))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("it is float32[4]");
        assertThat(edited(NESTED, "type choose.then_branch/a: float32[4]")).contains("-> (a: float32[4])");
    }
}
