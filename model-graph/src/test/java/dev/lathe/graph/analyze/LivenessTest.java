package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LivenessTest {

    @Test
    void thePeakIsWhatIsAliveTogether() {
        Analysed a = Analysed.graph(
                "(x: float32[10]) -> (c)", "a = Softmax(x)", "b = Concat(a, a) {axis = 0}", "c = ReduceSum(b)");
        // x and a, then a and b, then b and c.
        assertThat(a.peak()).isEqualTo(Dim.of(120));
        assertThat(a.analysis().liveness().atPeak()).containsExactly(a.id("b"), a.id("a"));
    }

    @Test
    void aViewSharesItsInputsStorage() {
        Analysed a = Analysed.graph(
                "(x: float32[10]) -> (d)",
                "const to = int64[2] {2, 5}",
                "a = Softmax(x)",
                "v = Reshape(a, to)",
                "b = Softmax(v)",
                "d = ReduceSum(b)");
        assertThat(a.peak()).isEqualTo(Dim.of(80));
        assertThat(a.analysis().liveness().lifetimes().get(a.id("v")).bytes()).isEqualTo(Dim.of(0));
    }

    @Test
    void anElementwiseOperatorTakesOverAnInputThatDiesAtIt() {
        Analysed a = Analysed.graph("(x: float32[10]) -> (c)", "a = Softmax(x)", "b = Relu(a)", "c = Exp(b)");
        assertThat(a.peak()).as("the input and one buffer").isEqualTo(Dim.of(80));
        assertThat(a.analysis().liveness().lifetimes().get(a.id("c")).bytes()).isEqualTo(Dim.of(0));
    }

    @Test
    void anInputThatIsStillNeededIsNotOverwritten() {
        Analysed a = Analysed.graph("(x: float32[10]) -> (c)", "a = Softmax(x)", "b = Relu(a)", "c = Add(a, b)");
        assertThat(a.analysis().liveness().lifetimes().get(a.id("b")).bytes()).isEqualTo(Dim.of(40));
    }

    @Test
    void weightsAndWhatFollowsFromThemAreNoActivations() {
        Analysed a = Analysed.graph(
                "(x: float32[2]) -> (y)", "const w = float32[2] {1.0, 2.0}", "e = Exp(w)", "y = Softmax(x)");
        assertThat(a.peak()).isEqualTo(Dim.of(16));
        assertThat(a.analysis().liveness().lifetimes()).containsOnlyKeys(a.id("x"), a.id("y"));
    }

    @Test
    void whatABranchNeedsInsideCountsWhileItRuns() {
        Analysed a = Analysed.graph(
                "(x: float32[10], flag: bool[]) -> (y)",
                "y = If(flag) {then_branch = graph yes () -> (a) {",
                "  big = Concat(x, x, x) {axis = 0}",
                "  a = ReduceSum(big)",
                "}, else_branch = graph no () -> (b) {",
                "  b = ReduceSum(x)",
                "}}");
        assertThat(a.peak()).as("x, the flag, y, and big inside").isEqualTo(Dim.of(40 + 1 + 4 + 120));
    }

    @Test
    void anOutputOfAnIfTakesWhatTheLargerBranchGives() {
        Analysed a = Analysed.graph(
                "(x: float32[10], flag: bool[]) -> (y)",
                "y = If(flag) {then_branch = graph yes () -> (a) {",
                "  a = Concat(x, x, x) {axis = 0}",
                "}, else_branch = graph no () -> (b) {",
                "  b = Softmax(x)",
                "}}");
        assertThat(a.type("y")).isEqualTo("float32[?]");
        assertThat(a.peak()).as("x, the flag, and y").isEqualTo(Dim.of(40 + 1 + 120));
    }

    @Test
    void anActivationOfUnknownSizeMakesThePeakUnknownButNotWhatIsKnown() {
        Analysed a = Analysed.graph("(x: float32[n], k: float32[4]) -> (y, z)", "y = Softmax(x)", "z = Softmax(k)");
        assertThat(a.peak()).isEqualTo(Dim.unknown());
        assertThat(a.analysis().liveness().knownPeakBytes()).isEqualTo(32);
        assertThat(a.with(Map.of("n", 1L)).peak()).isEqualTo(Dim.of(36));
        assertThat(List.copyOf(a.analysis().freeDims().keySet())).containsExactly("n");
    }

    private static final String TWICE = """
            model "ONNX" ir=10
            opset "" 17
            opset "local" 1
            graph g (x: float32[10]) -> (z) {
              s = Softmax(x)
              y = local:Wide(s)
              z = %s
            }
            function "local" "" [] {} opset "" 17 graph Wide (v) -> (w) {
              a = Concat(v, v) {axis = 0}
              b = Concat(a, a) {axis = 0}
              w = ReduceSum(b)
            }
            """;

    @Test
    void anArgumentThatLivesOnIsThereWhileAFunctionRuns() {
        Analysed called = Analysed.model(Map.of(), TWICE.formatted("Add(s, y)"));
        Analysed flat = Analysed.graph(
                "(x: float32[10]) -> (z)",
                "s = Softmax(x)",
                "a = Concat(s, s) {axis = 0}",
                "b = Concat(a, a) {axis = 0}",
                "y = ReduceSum(b)",
                "z = Add(s, y)");
        assertThat(flat.peak()).isEqualTo(Dim.of(40 + 80 + 160));
        assertThat(called.peak()).isEqualTo(flat.peak());
    }

    @Test
    void anArgumentThatNobodyElseNeedsMayGoWhileAFunctionRuns() {
        Analysed called = Analysed.model(Map.of(), TWICE.formatted("Exp(y)"));
        assertThat(called.peak()).isEqualTo(Dim.of(80 + 160));
    }

    @Test
    void aLoopHoldsWhatItBeganWithAndWhatTheTripBeforeLeft() {
        Analysed a = Analysed.graph(
                "(x: float32[10]) -> (y)",
                "const trips = int64[] {5}",
                "y = Loop(trips, _, x) {body = graph b (i: int64[], c: bool[], v: float32[10]) -> (k, w) {",
                "  k = Identity(c)",
                "  wide = Concat(v, v) {axis = 0}",
                "  most = Concat(wide, wide) {axis = 0}",
                "  part = ReduceSum(most)",
                "  w = Mul(v, part)",
                "}}");
        assertThat(a.peak()).as("x, the trip, its condition, v, wide, most").isEqualTo(Dim.of(40 + 8 + 1 + 40 + 240));
    }

    @Test
    void aViewOfAnOuterValueTakesNothingInABranch() {
        Analysed a = Analysed.graph(
                "(x: float32[10], flag: bool[]) -> (y)",
                "const to = int64[2] {2, 5}",
                "y = If(flag) {then_branch = graph yes () -> (a) {",
                "  v = Reshape(x, to)",
                "  a = ReduceSum(v)",
                "}, else_branch = graph no () -> (b) {",
                "  b = ReduceSum(x)",
                "}}");
        assertThat(a.peak()).isEqualTo(Dim.of(40 + 1 + 4));
    }
}
