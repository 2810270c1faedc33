package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Severity;
import dev.lathe.graph.Dim;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private static final String DECIDED_BY_THE_TRIP = """
            model "ONNX" ir=10
            opset "" 17
            graph g (x: float32[1, 64], w: float32[64, 64], z: float32[1, 64]) -> (y) {
              const trips = int64[] {3}
              y = Loop(trips, _, x) {body = graph body (i: int64[], c: bool[], v: float32[n, 64]) -> (c2, v2) {
                const two = int64[] {2}
                c2 = Identity(c)
                last = Equal(i, two)
                u = If(last) {then_branch = graph yes () -> (a) {
                  a = Relu(z)
                }, else_branch = graph no () -> (b) {
                  b = MatMul(z, w)
                }}
                v2 = Concat(v, u) {axis = 0}
              }}
            }
            """;

    @Test
    void aBranchThatOnlyTheLastTripTakesIsNotTheOnlyOne() {
        Analysed a = Analysed.model(Map.of(), DECIDED_BY_THE_TRIP);
        assertThat(a.type("y")).isEqualTo("float32[4, 64]");
        assertThat(a.total().macs()).isEqualTo(Dim.of(3 * 64 * 64));
        assertThat(a.type("v2")).as("in any trip").isEqualTo("float32[(n + 1), 64]");
    }

    @Test
    void aBranchThatOnlyTheFirstRoundOfALoopAllowsIsNotTheOnlyOne() {
        // In the first trip v is [1, 64], and the branch that adds 3 rows to it cannot run.
        Analysed a = Analysed.model(Map.of(), """
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[2, 64], w: float32[64, 64], t: float32[4, 64], go: bool[], n: int64[]) -> (y) {
                  y = Loop(n, _, x) {body = graph body (i: int64[], c: bool[], v) -> (c2, v2) {
                    c2 = Identity(c)
                    u = If(go) {then_branch = graph yes () -> (a) {
                      a = Relu(v)
                    }, else_branch = graph no () -> (b) {
                      s = Add(v, t)
                      b = MatMul(t, w)
                    }}
                    v2 = Concat(v, x) {axis = 0}
                  }}
                }
                """);
        assertThat(a.analysis().costs().inside().values().stream().map(NodeCost::macs))
                .contains(Dim.of(4 * 64 * 64));
        assertThat(a.analysis().liveness()).isNotNull();
        assertThat(a.cost("y").macs()).as("of as many trips as nobody knows").isNotEqualTo(Dim.of(0));
    }

    @Test
    void whereTheTripsAreTooManyNodesTheBodyKeepsWhatHoldsInAllOfThem() {
        // The body calls a function of many nodes, three times with other arguments in each trip, until nothing may be
        // followed any more.
        StringBuilder text = new StringBuilder("""
                model "ONNX" ir=10
                opset "" 17
                opset "my" 1
                graph g (x: float32[1, 64], w: float32[64, 64]) -> (y) {
                  const trips = int64[] {8}
                  y = Loop(trips, _, x) {body = graph body (i: int64[], c: bool[], v) -> (c2, v2) {
                    c2 = Identity(c)
                    m = MatMul(v, w)
                    f = my:F(v) {k = 1}
                    h = my:F(v) {k = 2}
                    p = my:F(v) {k = 3}
                    v2 = Concat(v, f) {axis = 0}
                  }}
                }
                function "my" "" [] {} opset "" 17 graph F (v) -> (n2000) {
                  n0 = Relu(v)
                """);
        for (int i = 1; i <= 2000; i++) {
            text.append("  n").append(i).append(" = Relu(n").append(i - 1).append(")\n");
        }
        Analysed a = Analysed.model(Map.of(), text + "}\n");
        assertThat(a.type("m")).isEqualTo("float32[?, 64]");
        assertThat(a.cost("y").macs()).isEqualTo(Dim.unknown());
        assertThat(a.problems()).isEmpty();
    }

    @Test
    void aCallInALoopDoesNotTakeBackTheErrorOfTheSameCallInABranch() {
        String loop = """
                  y = Loop(n, _, x) {body = graph body (i: int64[], c: bool[], v) -> (c2, v2) {
                    c2 = Identity(c)
                    v2 = my:F(x)
                  }}
                """;
        String branch = """
                  h = If(flag) {then_branch = graph yes () -> (a) {
                    a = my:F(x)
                  }, else_branch = graph no () -> (b) {
                    b = Relu(x)
                  }}
                """;
        for (String nodes : new String[] {loop + branch, branch + loop}) {
            Analysed a = Analysed.model(Map.of(), """
                    model "ONNX" ir=10
                    opset "" 17
                    opset "my" 1
                    graph g (x: float32[2, 3], flag: bool[], n: int64[]) -> (y, h) {
                    """ + nodes + """
                    }
                    function "my" "" [] {} opset "" 17 graph F (v) -> (w) {
                      w = MatMul(v, v)
                    }
                    """);
            assertThat(a.analysis().inference().diagnostics())
                    .extracting(Diagnostic::severity)
                    .contains(Severity.ERROR);
        }
    }

    @Test
    @Timeout(10)
    void theDefaultsOfAFunctionAreNotLookedThroughAtEachCall() {
        StringBuilder text = new StringBuilder("""
                model "ONNX" ir=10
                opset "" 17
                opset "my" 1
                graph g (x: float32[2]) -> (y0) {
                """);
        for (int i = 0; i < 20_000; i++) {
            text.append("  y").append(i).append(" = my:F(x)\n");
        }
        text.append("}\nfunction \"my\" \"\" [] {big = [1")
                .append(", 1".repeat(200_000))
                .append("]}");
        text.append(" opset \"\" 17 graph F (v) -> (w) {\n  w = Relu(v)\n}\n");
        assertThat(Analysed.model(Map.of(), text.toString()).type("y19999")).isEqualTo("float32[2]");
    }
}
