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
    void whatIsComputedFromConstantsAtLoadAndStillNeededIsToldApart() {
        Analysed a = Analysed.graph(
                "(x: float32[2]) -> (y)",
                "const w = float32[2] {1.0, 2.0}",
                "unused = Exp(w)",
                "step = Exp(w)",
                "twice = Concat(step, step) {axis = 0}",
                "l = Concat(x, twice) {axis = 0}",
                "y = Softmax(l)");
        assertThat(a.peak()).isEqualTo(Dim.of(24 + 24));
        assertThat(a.analysis().liveness().foldedBytes())
                .as("of step, Concat needs nothing once it has run")
                .isEqualTo(16);
    }

    @Test
    void aTensorFromConstantsThatIsTooLargeToBeComputedAtLoadIsAnActivation() {
        String[] lines = {"filled = ConstantOfShape(n)", "y = Gather(filled, i) {axis = 0}"};
        Analysed largest = Analysed.graph("(i: int64[1]) -> (y)", "const n = int64[1] {268435456}", lines[0], lines[1]);
        assertThat(largest.analysis().liveness().foldedBytes()).isEqualTo(1L << 30);
        assertThat(largest.peak()).as("i and y").isEqualTo(Dim.of(8 + 4));
        Analysed tera = Analysed.graph("(i: int64[1]) -> (y)", "const n = int64[1] {250000000000}", lines[0], lines[1]);
        assertThat(tera.peak()).isEqualTo(Dim.of(1_000_000_000_000L + 8 + 4));
        assertThat(tera.analysis().liveness().foldedBytes()).isZero();
    }

    @Test
    void aTensorFromConstantsWhoseSizeNobodyKnowsMakesThePeakUnknown() {
        Analysed a = Analysed.graph(
                "(i: int64[1]) -> (y)",
                "const w = float32[1024] elided 4096",
                "at = NonZero(w)",
                "y = Gather(at, i) {axis = 1}");
        assertThat(a.peak()).isEqualTo(Dim.unknown());
    }

    @Test
    void whatFollowsFromAWeightThatACallerMayReplaceIsComputedInEveryRun() {
        Analysed a = Analysed.graph(
                "(x: float32[2], w: float32[2]) -> (y)",
                "const w = float32[2] {1.0, 2.0}",
                "e = Exp(w)",
                "y = Concat(x, e) {axis = 0}");
        assertThat(a.peak()).isEqualTo(Dim.of(8 + 8 + 16));
        assertThat(a.analysis().liveness().foldedBytes()).isZero();
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

    @Test
    void whatABodyGivesTwiceIsCountedOnce() {
        Analysed a = Analysed.graph(
                "(x: float32[10], flag: bool[]) -> (y, z)",
                "y, z = If(flag) {then_branch = graph yes () -> (a, a) {",
                "  e = Softmax(x)",
                "  a = Softmax(e)",
                "}, else_branch = graph no () -> (b, c) {",
                "  b = Softmax(x)",
                "  c = Softmax(x)",
                "}}");
        assertThat(a.peak()).as("x, the flag, y, z, and e inside or c").isEqualTo(Dim.of(40 + 1 + 80 + 40));
    }

    @Test
    void aDropoutThatTrainsMakesATensorAndIsNoView() {
        Analysed a = Analysed.graph(
                "(x: float32[1], r: float32[]) -> (y, z)",
                "const t = bool[] {true}",
                "const n = int64[1] {10}",
                "s = Expand(x, n)",
                "y = Dropout(s, r, t)",
                "z = MatMul(s, s)");
        assertThat(a.cost("y").flops()).isEqualTo(Dim.of(20));
        assertThat(a.cost("y").bytesWritten()).isEqualTo(Dim.of(40));
        assertThat(a.peak()).as("s, r, and y").isEqualTo(Dim.of(40 + 4 + 40));
        Analysed still = Analysed.graph(
                "(x: float32[1], r: float32[]) -> (y, z)",
                "const t = bool[] {false}",
                "const n = int64[1] {10}",
                "s = Expand(x, n)",
                "y, m = Dropout(s, r, t)",
                "z = MatMul(s, s)");
        assertThat(still.cost("y").flops()).isEqualTo(Dim.of(0));
        assertThat(still.cost("y").bytesWritten()).as("the mask").isEqualTo(Dim.of(10));
        assertThat(still.peak()).as("s, r, and the mask").isEqualTo(Dim.of(40 + 4 + 10));
    }
}
