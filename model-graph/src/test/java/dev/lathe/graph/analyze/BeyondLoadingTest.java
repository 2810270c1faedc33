package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Inference knows more than ONNX Runtime does when it loads a model: it rules branches out, and the user gives sizes.
/// Only what follows from that is a remark where the runtime would refuse the model; all else stays an error.
class BeyondLoadingTest {
    private static final String EXPANDED_BELOW_NOTHING = "  a = Expand(x, below)";

    private static Analysed model(Map<String, Long> dims, String before, String branch) {
        return Analysed.model(dims, """
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[2, 3], n: float32[N], flag: bool[]) -> (y) {
                const sure = bool[] {true}
                const below = int64[1] {-1}
                const above = int64[1] {1}
                const five = int64[1] {5}
                %s
                y = If(flag) {then_branch = graph yes () -> (a) {
                %s
                }, else_branch = graph no () -> (b) {
                  b = Identity(x)
                }}
                }
                """.formatted(before, branch));
    }

    private static String decided(String output, String taken) {
        return output + " = If(sure) {then_branch = graph t () -> (p) {\n  p = Identity(" + taken
                + ")\n}, else_branch = graph e () -> (q) {\n  q = Identity(above)\n}}";
    }

    private static List<Severity> found(Analysed model) {
        return model.analysis().inference().diagnostics().stream()
                .map(d -> d.severity())
                .toList();
    }

    @Test
    void aDecidedIfElsewhereLeavesErrorsAsTheyAre() {
        assertThat(found(model(Map.of(), decided("z", "below"), EXPANDED_BELOW_NOTHING)))
                .containsExactly(Severity.ERROR);
    }

    @Test
    void whatComesOutOfADecidedIfIsMoreThanTheRuntimeKnows() {
        assertThat(found(model(Map.of(), decided("z", "below"), "  a = Expand(x, z)")))
                .containsExactly(Severity.INFO);
    }

    @Test
    void itStaysSoThroughFurtherNodesAndBodies() {
        String through = """
                  m = Identity(z)
                  a = If(flag) {then_branch = graph t1 () -> (p1) {
                    p1 = Expand(x, m)
                  }, else_branch = graph e1 () -> (q1) {
                    q1 = Identity(x)
                  }}""";
        assertThat(found(model(Map.of(), decided("z", "below"), through))).containsExactly(Severity.INFO);
    }

    @Test
    void whatFollowsFromTheUsersSizesIsMoreThanTheRuntimeKnows() {
        String sizes = "h = Shape(n)\ns = Sub(h, five)";
        assertThat(found(model(Map.of("N", 2L), sizes, "  a = Expand(x, s)"))).containsExactly(Severity.INFO);
    }

    @Test
    void theUsersSizesLeaveOtherErrorsAsTheyAre() {
        assertThat(found(model(Map.of("N", 2L), "h = Shape(n)", EXPANDED_BELOW_NOTHING)))
                .containsExactly(Severity.ERROR);
    }

    @Test
    void aFunctionKnowsOfItsInputsWhatItsCallerKnows() {
        for (String given : List.of("z", "below")) {
            Analysed called = Analysed.model(Map.of(), """
                    model "ONNX" ir=10
                    opset "" 17
                    opset "own" 1
                    graph g (x: float32[2, 3], flag: bool[]) -> (y) {
                    const sure = bool[] {true}
                    const below = int64[1] {-1}
                    const above = int64[1] {1}
                    %s
                    y = If(flag) {then_branch = graph yes () -> (a) {
                      a = own:Spread(x, %s)
                    }, else_branch = graph no () -> (b) {
                      b = Identity(x)
                    }}
                    }
                    function "own" "" [] {} opset "" 17 graph Spread (d, e) -> (f) {
                      f = Expand(d, e)
                    }
                    """.formatted(decided("z", "below"), given));
            assertThat(found(called)).containsExactly(given.equals("z") ? Severity.INFO : Severity.ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l = Loop(once, _, x) {body = graph b (i: int64[], c: bool[], v) -> (c2, v2) {\n  c2 = Identity(c)\n"
                        + "  v2 = Slice(v, above, five, above)\n}}\nw = Identity(l)",
                "w1 = NonZero(row)\nw = Cast(w1) {to = 1}",
                "w = Compress(x, keep) {axis = 1}",
                "q = SplitToSequence(x, parts) {axis = 1}\nw = SequenceAt(q, first)",
            })
    void whatTheRuntimeDoesNotCountAtLoadingIsARemarkInABranch(String before) {
        String consts =
                "const once = int64[] {1}\nconst row = int64[3] {1, 1, 0}\nconst keep = bool[3] {true, true, false}\n"
                        + "const parts = int64[2] {2, 1}\nconst first = int64[] {0}\nconst seven = float32[7] {1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0}\n";
        assertThat(found(model(Map.of(), consts + before, "  a = Add(w, seven)")))
                .containsExactly(Severity.INFO);
    }
}
