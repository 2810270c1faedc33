package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeInferenceTest {

    @Test
    void gemmUnifiesItsInnerDimensionAndTellsTheOthers() {
        Analysed a = Analysed.graph("(x: float32[n, k], w: float32[16, 4]) -> (y)", "y = Gemm(x, w)", "z = Relu(x)");
        assertThat(a.type("y")).isEqualTo("float32[n, 4]");
        assertThat(a.type("z")).as("k must be 16").isEqualTo("float32[n, 16]");
        assertThat(a.problems()).isEmpty();
    }

    @Test
    void aShapeComputedByTheGraphIsFollowedToItsReshape() {
        Analysed a = Analysed.graph(
                "(x: float32[batch, seq, 384]) -> (y)",
                "const zero = int64[] {0}",
                "const one = int64[] {1}",
                "const axes = int64[1] {0}",
                "const heads = int64[2] {12, 32}",
                "shape = Shape(x)",
                "b = Gather(shape, zero)",
                "s = Gather(shape, one)",
                "b1 = Unsqueeze(b, axes)",
                "s1 = Unsqueeze(s, axes)",
                "target = Concat(b1, s1, heads) {axis = 0}",
                "split = Reshape(x, target)",
                "y = Transpose(split) {perm = [0, 2, 1, 3]}");
        assertThat(a.type("y")).isEqualTo("float32[batch, 12, seq, 32]");
    }

    @Test
    void minusOneTakesWhatIsLeftAlsoOfNamedDimensions() {
        Analysed a =
                Analysed.graph("(x: float32[n, 2, s]) -> (y)", "const to = int64[3] {0, -1, 4}", "y = Reshape(x, to)");
        assertThat(a.type("y")).isEqualTo("float32[n, floordiv(s, 2), 4]");
        assertThat(a.with(Map.of("s", 6L)).type("y")).isEqualTo("float32[n, 3, 4]");
    }

    @Test
    void aDimensionWithoutANameGetsOneThatPeopleCanSet() {
        Analysed a = Analysed.graph("(x: float32[?, 3]) -> (y)", "y = Relu(x)");
        assertThat(a.type("y")).isEqualTo("float32[x_d0, 3]");
        assertThat(a.analysis().freeDims()).containsOnlyKeys("x_d0");
        assertThat(a.with(Map.of("x_d0", 7L)).type("y")).isEqualTo("float32[7, 3]");
    }

    @Test
    void aNameThatFollowsFromOthersIsNotFree() {
        Analysed a = Analysed.graph(
                "(past: float32[b, past_len, 8], now: float32[b, len, 8], mask: int64[b, total])"
                        + " -> (present: float32[b, total, 8], m)",
                "present = Concat(past, now) {axis = 1}",
                "m = Identity(mask)");
        assertThat(a.analysis().freeDims()).containsOnlyKeys("b", "past_len", "len");
        Analysed set = a.with(Map.of("b", 1L, "past_len", 5L, "len", 2L));
        assertThat(set.type("m")).isEqualTo("int64[1, 7]");
        assertThat(set.analysis().freeDims())
                .as("found while it was analysed, not when asked")
                .isSameAs(set.analysis().freeDims())
                .isEqualTo(a.analysis().freeDims());
        assertThat(set.problems()).isEmpty();
    }

    @Test
    void slicesCountFromTheEndAndClampToWhatIsThere() {
        Analysed a = Analysed.graph(
                "(x: float32[10, s]) -> (a, b, c)",
                "const m3 = int64[1] {-3}",
                "const far = int64[1] {9223372036854775807}",
                "const zero = int64[1] {0}",
                "const one = int64[1] {1}",
                "const two = int64[1] {2}",
                "const back = int64[1] {-1}",
                "const m1 = int64[1] {-1}",
                "a = Slice(x, m3, far, zero)",
                "b = Slice(x, zero, m1, one)",
                "const least = int64[1] {-9223372036854775808}",
                "c = Slice(x, m1, least, zero, back)");
        assertThat(a.type("a")).isEqualTo("float32[3, s]");
        assertThat(a.type("b")).isEqualTo("float32[10, (s + -1)]");
        assertThat(a.type("c")).isEqualTo("float32[10, s]");
    }

    /// The last window of a pool that rounds up must begin in front of the end padding; the figures are ONNX Runtime's.
    @ParameterizedTest(name = "{0} pads {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        kernel_shape = [2], strides = [2] | [1, 1] | (floordiv(h, 2) + 1)     | 9 | 5
        kernel_shape = [2], strides = [3] | [0, 0] | floordiv((h + 2), 3)     | 4 | 2
        kernel_shape = [2], strides = [3] | [0, 0] | floordiv((h + 2), 3)     | 3 | 1
        kernel_shape = [3], strides = [2] | [0, 0] | floordiv(h, 2)           | 9 | 4
        kernel_shape = [3], strides = [2] | [1, 2] | (floordiv(h, 2) + 1)     | 8 | 5
        kernel_shape = [3], strides = [1] | [1, 1] | h                        | 9 | 9
        """)
    void aPoolThatRoundsUpHasNoWindowInTheEndPadding(
            String window, String pads, String formula, long size, long expected) {
        Analysed a = Analysed.graph(
                "(x: float32[1, 1, h]) -> (y)", "y = MaxPool(x) {" + window + ", pads = " + pads + ", ceil_mode = 1}");
        assertThat(a.type("y")).isEqualTo("float32[1, 1, " + formula + "]");
        assertThat(a.with(Map.of("h", size)).type("y")).isEqualTo("float32[1, 1, " + expected + "]");
        Dim symbolic =
                ((Shape.Ranked) a.analysis().type(a.id("y")).shape()).dims().getLast();
        for (long h = 3; h < 20; h++) {
            String fixed = a.with(Map.of("h", h)).type("y");
            assertThat(fixed).isEqualTo("float32[1, 1, " + DimMath.substitute(symbolic, Map.of("h", h)) + "]");
        }
    }

    @Test
    void convolutionAndPoolingFollowPadsStridesAndDilations() {
        Analysed a = Analysed.graph(
                "(x: float32[n, 3, 224, w], k: float32[64, 3, 7, 7]) -> (p)",
                "c = Conv(x, k) {pads = [3, 3, 3, 3], strides = [2, 2]}",
                "p = MaxPool(c) {kernel_shape = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1]}");
        assertThat(a.type("p")).isEqualTo("float32[n, 64, 56, floordiv((w + 3), 4)]");
        assertThat(a.with(Map.of("w", 224L)).type("p")).isEqualTo("float32[n, 64, 56, 56]");
    }

    @Test
    void inferenceGoesIntoBranchesAndKeepsWhatBothAgreeOn() {
        Analysed a = Analysed.graph(
                "(x: float32[n, 4], flag: bool[]) -> (y)",
                "y = If(flag) {then_branch = graph yes () -> (a) {",
                "  a = Add(x, x)",
                "}, else_branch = graph no () -> (b) {",
                "  const axes = int64[1] {1}",
                "  b = ReduceSum(x, axes)",
                "}}");
        assertThat(a.type("a")).isEqualTo("float32[n, 4]");
        assertThat(a.type("b")).isEqualTo("float32[n, 1]");
        assertThat(a.type("y")).isEqualTo("float32[n, ?]");
    }

    @Test
    void unpoolingTakesPadsBelowZeroAndPoolingDoesNot() {
        Analysed unpooled = Analysed.graph(
                "(x: float32[1, 1, 2, 2], i: int64[1, 1, 2, 2]) -> (y)",
                "y = MaxUnpool(x, i) {kernel_shape = [2, 2], strides = [2, 2], pads = [-1, -1, -1, -1]}");
        assertThat(unpooled.problems()).isEmpty();
        assertThat(unpooled.type("y")).isEqualTo("float32[1, 1, 6, 6]");
        Analysed pooled = Analysed.graph(
                "(x: float32[1, 1, 8, 8]) -> (y)", "y = MaxPool(x) {kernel_shape = [2, 2], pads = [-1, -1, -1, -1]}");
        assertThat(pooled.problems()).singleElement().asString().contains("'pads' must not be below 0");
    }

    @Test
    void aBranchThatCannotBeRightForTheseSizesIsNotTheOneThatRuns() {
        Analysed a = Analysed.graph(
                "(x: float32[4], flag: bool[]) -> (y)",
                "const three = float32[3] {1.0, 2.0, 3.0}",
                "y = If(flag) {then_branch = graph yes () -> (a) {",
                "  a = Add(x, three)",
                "}, else_branch = graph no () -> (b) {",
                "  b = Exp(x)",
                "}}");
        assertThat(a.type("y")).isEqualTo("float32[4]");
        assertThat(a.cost("y").flops()).isEqualTo(dev.lathe.graph.Dim.of(16));
    }

    @Test
    void aBranchInWhichOnlyADeclarationIsStaleMayRun() {
        Analysed a = Analysed.graph(
                "(x: float32[4], flag: bool[]) -> (y)",
                "y = If(flag) {then_branch = graph yes () -> (a) {",
                "  m: float32[7] = Exp(x)",
                "  a = Concat(m, m) {axis = 0}",
                "}, else_branch = graph no () -> (b) {",
                "  b = Abs(x)",
                "}}");
        assertThat(a.type("y")).isEqualTo("float32[?]");
        assertThat(a.cost("y").flops()).isEqualTo(dev.lathe.graph.Dim.of(16));
    }

    @Test
    void aBranchOfWhichOneBranchCannotBeRightMayRun() {
        Analysed a = Analysed.graph(
                "(x: float32[4], flag: bool[], other: bool[]) -> (y)",
                "const three = float32[3] {1.0, 2.0, 3.0}",
                "y = If(flag) {then_branch = graph yes () -> (a) {",
                "  m = If(other) {then_branch = graph in () -> (p) {",
                "    p = Add(x, three)",
                "  }, else_branch = graph out () -> (q) {",
                "    q = Exp(x)",
                "  }}",
                "  a = Concat(m, m) {axis = 0}",
                "}, else_branch = graph no () -> (b) {",
                "  b = Abs(x)",
                "}}");
        assertThat(a.type("m")).isEqualTo("float32[4]");
        assertThat(a.type("y")).isEqualTo("float32[?]");
    }

    @Test
    void aRecurrentLayerTakesNothingButSequencesOfBatches() {
        Analysed a = Analysed.graph(
                "(x: float32[1, 5, 2, 8], w: float32[1, 64, 8], r: float32[1, 64, 16]) -> (y)",
                "y = LSTM(x, w, r) {hidden_size = 16}");
        assertThat(a.problems()).singleElement().asString().contains("its input 'X' must have rank 3, and has rank 4");
    }

    private static Analysed growing(int trips) {
        return Analysed.graph(
                "(x: float32[2, 8]) -> (y, all)",
                "const trips = int64[] {" + trips + "}",
                "y, all = Loop(trips, _, x) {body = graph body (i: int64[], c: bool[], v: float32[...]) -> (c2, w, s) {",
                "  c2 = Identity(c)",
                "  w = Concat(v, x) {axis = 0}",
                "  s = Relu(x)",
                "}}");
    }

    @Test
    void aLoopOfManyTripsThatGrowsItsStateLosesOnlyTheGrowingExtent() {
        assertThat(growing(500).type("y")).isEqualTo("float32[?, 8]");
        assertThat(growing(500).type("all")).isEqualTo("float32[500, 2, 8]");
    }

    @Test
    void aLoopOfFewTripsThatGrowsItsStateIsGoneThrough() {
        assertThat(growing(5).type("y")).as("2 + 5 · 2").isEqualTo("float32[12, 8]");
        assertThat(growing(5).type("all")).isEqualTo("float32[5, 2, 8]");
    }

    @Test
    void aLoopThatItsConditionMayEndHasAsManyTripsAsTheFileSays() {
        String[] lines = {
            "const most = int64[] {10}",
            "const go = bool[] {true}",
            "f, all, more = Loop(most, go, x) {body = graph body (i: int64[], c: bool[], v: float32[4]) -> (c2, w, s, t) {",
            "  c2 = Less(i, end)",
            "  w = Add(v, x)",
            "  s = Identity(w)",
            "  t = Abs(w)",
            "}}"
        };
        Analysed declared = Analysed.graph(
                "(x: float32[4], end: int64[]) -> (f: float32[4], all: float32[4, 4], more: float32[4, 4])", lines);
        assertThat(declared.problems()).isEmpty();
        assertThat(declared.type("all")).isEqualTo("float32[4, 4]");
        assertThat(declared.cost("f").flops()).as("nobody knows how often").isEqualTo(Dim.unknown());

        Analysed free = Analysed.graph("(x: float32[4], end: int64[]) -> (f, all, more)", lines);
        assertThat(free.type("all")).isEqualTo("float32[all_d0, 4]");
        assertThat(free.type("more")).as("scanned as often").isEqualTo("float32[all_d0, 4]");
    }

    @ParameterizedTest
    @CsvSource({
        // limit, first condition, what the body returns → length of the scanned output
        "most, _, Identity(c), 10",
        "most, go, Identity(c), 10",
        "most, go, Identity(go), 10",
        "most, _, 'And(c, go)', 10",
        "most, flag, Identity(c), all_d0",
        "most, stop, Identity(c), 0",
        "most, go, Not(c), 1",
        "most, _, Identity(stop), 1",
        "most, _, Identity(flag), all_d0",
        "_, go, Identity(c), all_d0",
        "size, go, Identity(c), n",
    })
    void aLoopRunsAsOftenAsItsLimitSaysOnlyWhereNoConditionEndsIt(
            String limit, String first, String next, String length) {
        Analysed a = Analysed.graph(
                "(x: float32[4], z: float32[n], flag: bool[]) -> (f, all)",
                "const most = int64[] {10}",
                "const go = bool[] {true}",
                "const stop = bool[] {false}",
                "size = Size(z)",
                "f, all = Loop(%s, %s, x) {body = graph body (i: int64[], c: bool[], v: float32[4]) -> (c2, w, s) {"
                        .formatted(limit, first),
                "  c2 = " + next,
                "  w = Add(v, x)",
                "  s = Identity(w)",
                "}}");
        assertThat(a.type("all")).isEqualTo("float32[" + length + ", 4]");
    }

    @Test
    void whereBranchesDisagreeWhatTheFileDeclaresIsOnlyAGuess() {
        Analysed a = Analysed.model(Map.of(), """
                model "ONNX" ir=10
                opset "" 17
                graph g (c: bool[], past: float32[p, 4], x: float32[n, 4]) -> (y: float32["p + 1", 4], z: float32[p, 4]) {
                  y, z = If(c) {
                    else_branch = graph no () -> (a, a2) {
                      a = Identity(x)
                      a2 = Identity(x)
                    },
                    then_branch = graph yes () -> (b, b2) {
                      b = Concat(past, x) {axis = 0}
                      b2 = Identity(past)
                    }
                  }
                }
                """);
        assertThat(a.type("y")).isEqualTo("float32[?, 4]");
        assertThat(a.type("z")).isEqualTo("float32[?, 4]");
    }

    @Test
    void aFunctionIsInferredForEachOfItsCalls() {
        Analysed a = Analysed.model(Map.of(), """
                model "ONNX" ir=10
                opset "" 17
                opset "local" 1
                graph g (x: float32[n, 4], z: float32[n, 4]) -> (y, u) {
                  y = local:Twice(x) {to = 0}
                  f = Flatten(z) {axis = 0}
                  u = local:Twice(f) {to = 1}
                }
                function "local" "" [to] {} opset "" 17 graph Twice (v) -> (w) {
                  s = Add(v, v)
                  w = Flatten(s) {axis = ref to 2}
                }
                """);
        assertThat(a.type("y")).isEqualTo("float32[1, (4 * n)]");
        assertThat(a.type("u")).isEqualTo("float32[1, (4 * n)]");
        assertThat(a.type("s")).as("in both calls together").isEqualTo("float32[?, ?]");
        assertThat(a.cost("y").flops()).isEqualTo(a.cost("u").flops());
    }

    @Test
    void statisticsOfALayerNormHaveThePrecisionThatItSays() {
        Analysed a = Analysed.graph(
                "(x: float16[n, 8], s: float16[8]) -> (y, mean)", "y, mean, _ = LayerNormalization(x, s) {axis = -1}");
        assertThat(a.type("y")).isEqualTo("float16[n, 8]");
        assertThat(a.type("mean")).isEqualTo("float32[n, 1]");
    }

    @Test
    void halfASpectrumGoesBackToARealSignalOfTwiceItsLength() {
        Analysed a = Analysed.graph(
                        "(x: float32[1, 6, 3, 2]) -> (y, z)",
                        "const axis = int64[] {1}",
                        "y = DFT(x, _, axis) {onesided = 1, inverse = 1}",
                        "z = DFT(y, _, axis) {onesided = 1}")
                .with(Map.of());
        assertThat(a.type("y")).isEqualTo("float32[1, 10, 3, 1]");
        assertThat(a.type("z")).isEqualTo("float32[1, 6, 3, 2]");
    }

    @Test
    void whatTheFileDeclaresFillsInWhereAnOperatorIsUnknown() {
        Analysed a = Analysed.graph("(x: float32[n, 4]) -> (z)", "y: float16[n, 8] = odd:Thing(x)", "z = Relu(y)");
        assertThat(a.type("z")).isEqualTo("float16[n, 8]");
        assertThat(a.analysis().costs().unknown()).hasSize(1);
        assertThat(a.total().flops()).isEqualTo(dev.lathe.graph.Dim.unknown());
        assertThat(a.problems()).isEmpty();
    }

    @Test
    void aContradictionNamesTheNodeAndInferenceGoesOn() {
        Analysed a = Analysed.graph(
                "(x: float32[2, 3], w: float32[4, 5]) -> (z)",
                "y = MatMul(x, w) as project",
                "z = Relu(y)",
                "q: float32[9] = Relu(x) as wrong");
        assertThat(a.type("z")).isEqualTo("float32[2, 5]");
        assertThat(a.type("q")).isEqualTo("float32[2, 3]");
        assertThat(a.problems())
                .containsExactly(
                        "node 'project' (MatMul): sizes 3 and 4 must be equal",
                        "node 'wrong' (Relu): output 'q' is declared with shape [9] but computed with [2, 3]");
    }

    @Test
    void declaredNamesThatAreExpressionsFollowTheNamesInThem() {
        Analysed a = Analysed.graph("(x: float32[n]) -> (y: float32[n])", "y = odd:Thing(x)");
        assertThat(a.type("y")).isEqualTo("float32[n]");
        assertThat(DimNames.read("past + 2*len").toString()).isEqualTo("((2 * len) + past)");
        assertThat(DimNames.read("batch-size").toString()).isEqualTo("batch-size");
        assertThat(DimNames.read("a +").toString()).isEqualTo("a +");
    }
}
