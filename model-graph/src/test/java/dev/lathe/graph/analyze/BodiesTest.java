package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is said of a value that comes one way or another, by a branch, from trip to trip or from call to call.
class BodiesTest {
    private static final String CUSTOM = """
            model "ONNX" ir=10
            opset "" 17
            opset "my" 1
            graph g (x: float32[4], l: seq(float32[4]), flag: bool[]) -> (y) {
            """;

    @Test
    void aBranchThatNobodyKnowsAgreesOnTheElementTypeAlone() {
        Analysed a = Analysed.model(Map.of(), CUSTOM + """
                  y, z = If(flag) {then_branch = graph yes () -> (a, p) {
                    a = my:Foo(x)
                    p = my:Foo(x)
                  }, else_branch = graph no () -> (b, q) {
                    b = Abs(x)
                    q = Identity(l)
                  }}
                }
                """);
        assertThat(a.type("y")).isEqualTo("float32[...]");
        assertThat(a.type("z")).isEqualTo("seq(float32[...])");
    }

    @Test
    void aStateThatABodyChangesAsNobodyKnowsKeepsItsElementTypeAlone() {
        Analysed a = Analysed.model(Map.of(), CUSTOM + """
                  const trips = int64[] {5}
                  y, all = Loop(trips, _, x) {body = graph body (i: int64[], c: bool[], v) -> (c2, w, s) {
                    c2 = Identity(c)
                    w = my:Foo(v)
                    s = Abs(v)
                  }}
                }
                """);
        assertThat(a.type("y")).isEqualTo("float32[...]");
        assertThat(a.type("s")).isEqualTo("float32[...]");
    }

    @Test
    void aFunctionThatGivesListsOfDifferentShapesGivesListsOfTheirElementType() {
        Analysed a = Analysed.model(Map.of(), """
                model "ONNX" ir=10
                opset "" 17
                opset "local" 1
                graph g (x: float32[4], z: float32[5]) -> (y, h) {
                  y = local:F(x)
                  h = local:F(z)
                }
                function "local" "" [] {} opset "" 17 graph F (v) -> (w) {
                  w = SequenceConstruct(v, v)
                }
                """);
        assertThat(a.type("y")).isEqualTo("seq(float32[4])");
        assertThat(a.type("h")).isEqualTo("seq(float32[5])");
        assertThat(a.type("w")).isEqualTo("seq(float32[?])");
    }

    @Test
    void aLoopIsFollowedUntilNothingInItChangesAnyMore() {
        Analysed a = Analysed.graph(
                "(x: float32[2]) -> (p, q, r, s, all)",
                "const trips = int64[] {9}",
                "p, q, r, s, all = Loop(trips, _, x, x, x, x) {body = graph b (i: int64[], c: bool[], a, b, d, e) -> (c2, b2, d2, e2, f2, g) {",
                "  c2 = Identity(c)",
                "  b2 = Identity(b)",
                "  d2 = Identity(d)",
                "  e2 = Identity(e)",
                "  f2 = Concat(e, e) {axis = 0}",
                "  g = Abs(a)",
                "}}");
        assertThat(a.type("p")).isEqualTo("float32[?]");
        assertThat(a.type("q")).isEqualTo("float32[?]");
        assertThat(a.type("s")).isEqualTo("float32[?]");
        assertThat(a.type("g")).as("inside").isEqualTo("float32[?]");
        assertThat(a.type("all")).isEqualTo("float32[9, ?]");
    }

    @Test
    void aLoopOfFewTripsCarriesOutWhatItMadeInTheLast() {
        String body = """
                model "ONNX" ir=10
                opset "" 20
                graph g (x: float32[n, 4], go: bool[]) -> (y, rows) {
                  const trips = int64[] {%d}
                  y, rows = Loop(trips, _, x) {body = graph body (i: int64[], c: bool[], v: float32[...]) -> (k, w, row) {
                    k = Identity(c)
                    w = Concat(v, v) {axis = 0}
                    row = Shape(w)
                  }}
                }
                """;
        Analysed thrice = Analysed.model(Map.of(), body.formatted(3));
        assertThat(thrice.type("y")).isEqualTo("float32[(8 * n), 4]");
        assertThat(thrice.type("rows")).isEqualTo("int64[3, 2]");
        assertThat(thrice.type("w")).as("in any trip").isEqualTo("float32[?, 4]");
        assertThat(Analysed.model(Map.of(), body.formatted(0)).type("y")).isEqualTo("float32[n, 4]");
        assertThat(Analysed.model(Map.of(), body.formatted(100)).type("y")).isEqualTo("float32[?, 4]");
    }
}
