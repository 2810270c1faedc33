package dev.lathe.graph.conformance;

import static dev.lathe.graph.conformance.Survival.OF_A_SMALL_FILE;
import static dev.lathe.graph.conformance.Survival.function;
import static dev.lathe.graph.conformance.Survival.graph;
import static dev.lathe.graph.conformance.Survival.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Well-formed models that were made to hurt: what they stand for is far larger than what they say. Each goes through
/// everything that reads models, which must neither fail nor take long.
class HostileModelTest {
    private static final Duration MOST_PROCESSOR_TIME = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    /// What is known of the model's output after all of it was done.
    private String survives(String text) throws InterruptedException {
        return survives(text, MOST_PROCESSOR_TIME);
    }

    private String survives(String text, Duration limit) throws InterruptedException {
        return Survival.of(text, folder, limit).output();
    }

    @Test
    void sizesThatDoubleWithEveryLayerBecomeUnknown() throws Exception {
        String body = lines(
                60,
                i -> "p%1$d = MaxPool(x%1$d) {kernel_shape = [2], strides = [3]}\n".formatted(i)
                        + "q%1$d = MaxPool(x%1$d) {kernel_shape = [2], strides = [5]}\n".formatted(i)
                        + "x%d = Concat(p%2$d, q%2$d) {axis = 2}\n".formatted(i + 1, i));
        assertThat(survives(graph("(x0: float32[1, 1, s]) -> (x60)", body))).contains("1, 1, ?");
    }

    @Test
    void sizesThatNestThousandsDeepBecomeUnknown() throws Exception {
        String body = lines(
                5_000,
                i -> "p%1$d = MaxPool(x%1$d) {kernel_shape = [2], strides = [3]}\n".formatted(i)
                        + "x%d = Concat(p%d, k) {axis = 2}\n".formatted(i + 1, i));
        assertThat(survives(graph("(x0: float32[1, 1, s], k: float32[1, 1, t]) -> (x5000)", body)))
                .contains("1, 1, ?");
    }

    @Test
    void aProductOfManySumsBecomesUnknown() throws Exception {
        int rank = 24;
        String inputs = IntStream.range(0, rank)
                .mapToObj(i -> "x" + i + ": float32["
                        + IntStream.range(0, rank)
                                .mapToObj(j -> "s" + i + "_" + j)
                                .collect(Collectors.joining(", "))
                        + "]")
                .collect(Collectors.joining(", "));
        String body = "c0 = Identity(x0)\n"
                + lines(rank, i -> "c%d = Concat(c%d, x%2$d) {axis = %2$d}\n".formatted(i + 1, i))
                + "y = Flatten(c" + rank + ") {axis = 0}\n";
        assertThat(survives(graph("(" + inputs + ") -> (y)", body))).contains("1, ?");
    }

    @Test
    void aFunctionThatCallsItselfTwiceIsFollowedOnce() throws Exception {
        String text = graph("(x: float32[2]) -> (y)", "y = local:F(x)\n")
                + function("F", "", "(v) -> (w)", "u = local:F(v)\nw = local:F(u)\n");
        assertThat(survives(text)).isNotEmpty();
    }

    @Test
    void functionsThatCallEachOtherInACircleAreFollowedOnce() throws Exception {
        String text = graph("(x: float32[2]) -> (y)", "y = local:A(x)\n")
                + function("A", "", "(v) -> (w)", "u = local:B(v)\nw = local:B(u)\n")
                + function("B", "", "(v) -> (w)", "u = local:A(v)\nw = local:A(u)\n");
        assertThat(survives(text)).isNotEmpty();
    }

    @Test
    void functionsThatDoubleWithEveryCallAreFollowedAsFarAsTheModelIsLarge() throws Exception {
        int count = 40;
        String text = graph("(x: float32[2]) -> (y)", "y = local:F0(x)\n")
                + lines(count, i -> {
                    String next = i + 1 < count ? "local:F" + (i + 1) : "Relu";
                    return function("F" + i, "", "(v) -> (w)", "u = " + next + "(v)\nw = " + next + "(u)\n");
                });
        assertThat(survives(text)).isNotEmpty();
    }

    @Test
    void functionsThatCallEachOtherThousandsDeepAreFollowedSomeWay() throws Exception {
        int count = 10_000;
        String text = graph("(x: float32[2]) -> (y)", "y = local:F0(x)\n")
                + lines(
                        count,
                        i -> function(
                                "F" + i,
                                "",
                                "(v) -> (w)",
                                "w = " + (i + 1 < count ? "local:F" + (i + 1) : "Relu") + "(v)\n"));
        assertThat(survives(text)).isNotEmpty();
    }

    @Test
    void functionsAndBodiesTogetherAreFollowedAsDeepAsTheStackAllows() throws Exception {
        int functions = 64;
        int nested = 16;
        String text = graph("(x: float32[2], c: bool[]) -> (y)", "y = local:F0(x, c)\n")
                + lines(functions, i -> {
                    String call = i + 1 < functions ? "local:F" + (i + 1) + "(v, c)" : "Relu(v)";
                    String body = "u%d = %s\n".formatted(nested, call);
                    for (int n = nested; n > 0; n--) {
                        body = ("u%1$d = If(c) {then_branch = graph t%2$d () -> (u%2$d) {\n%3$s},"
                                        + " else_branch = graph e%2$d () -> (z%2$d) {\nz%2$d = Relu(v)\n}}\n")
                                .formatted(n - 1, n, body);
                    }
                    return function("F" + i, "", "(v, c) -> (u0)", body);
                });
        assertThat(survives(text)).isNotEmpty();
    }

    @Test
    void loopsInLoopsWhoseStatesGrowAreFollowedForSomeRounds() throws Exception {
        String text = graph("(c0: bool[], v0: float32[2]) -> (w0)", "const one = float32[1] {1.0}\n" + loop(0, 28));
        assertThat(survives(text)).isNotEmpty();
    }

    /// A loop whose state grows by what the loop inside it made, `deepest` times in each other.
    private static String loop(int depth, int deepest) {
        String keep = "k%1$d = Identity(c%1$d)\n".formatted(depth);
        return depth == deepest
                ? keep + "w%1$d = Concat(v%1$d, one) {axis = 0}\n".formatted(depth)
                : keep
                        + ("r%2$d = Loop(_, k%1$d, one) {body = graph b%2$d"
                                        + " (i%2$d: int64[], c%2$d: bool[], v%2$d: float32[...]) -> (k%2$d, w%2$d) {\n%3$s}}\n"
                                        + "w%1$d = Concat(v%1$d, r%2$d) {axis = 0}\n")
                                .formatted(depth, depth + 1, loop(depth + 1, deepest));
    }

    @Test
    void sizesBeyondSixtyFourBitsAreUnknownAndNoCostIsWrong() throws Exception {
        String text = graph(
                "(x: float32[2147483648, 2147483648, 2147483648]) -> (y, z)",
                "y = Relu(x)\nz = Flatten(x) {axis = 0}\n");
        assertThat(survives(text)).contains("2147483648, 2147483648, 2147483648");
        Analysis a = Analysis.of(GraphText.parse(text), DimBindings.NONE, JobContext.quiet());
        assertThat(a.costs().total().flops().fixed()).isEmpty();
        assertThat(a.costs().total().bytesRead().fixed()).isEmpty();
        assertThat(a.liveness().peakBytes().fixed()).isEmpty();
    }

    @Test
    void negativeSizesAreUnknown() throws Exception {
        String text = graph("(x: float32[-5, 4]) -> (y)", "y = Relu(x)\n");
        assertThat(survives(text)).doesNotContain("-5");
    }

    @Test
    void aTensorThatWouldFillTheMemoryIsNotMade() throws Exception {
        String body = """
                n = Constant() {value = int64[3] {2147483647, 2147483647, 4}}
                c = ConstantOfShape(n)
                r = Range(a, b, d)
                e = Expand(x, n)
                t = Tile(x, n3)
                y = Add(c, e)
                """;
        String text = graph("(x: float32[1, 1, 1]) -> (y, r, t)", """
                const a = int64[] {0}
                const b = int64[] {9223372036854775807}
                const d = int64[] {1}
                const n3 = int64[3] {2147483647, 2147483647, 2147483647}
                """ + body);
        assertThat(survives(text)).contains("2147483647, 2147483647, 4");
    }

    @Test
    void aTensorOfManyLongFormulasIsNotFollowed() throws Exception {
        assertThat(survives(longFormulas(4, 1, "r = Range(z, l, o)"), OF_A_SMALL_FILE))
                .contains("int64[1024]");
        assertThat(survives(longFormulas(4, 4, "r = Range(z, l, o)"), OF_A_SMALL_FILE))
                .contains("int64[1024]");
        assertThat(survives(longFormulas(3, 100, "r = Range(z, l, o)"), OF_A_SMALL_FILE))
                .contains("int64[1024]");
        assertThat(survives(longFormulas(4, 300, "r = Reshape(u, k)"), OF_A_SMALL_FILE))
                .contains("int64[1]");
    }

    /// The sum of eight sizes to a power, plus each element of `r`, so many times.
    private static String longFormulas(int power, int additions, String r) {
        return graph(
                "(x: float32[d0, d1, d2, d3, d4, d5, d6, d7]) -> (v%d)".formatted(additions),
                """
                const z = int64[] {0}
                const l = int64[] {1024}
                const o = int64[] {1}
                const k = int64[1] {1}
                s = Shape(x)
                p1 = ReduceSum(s) {keepdims = 1}
                u = ReduceMax(s) {keepdims = 0}
                """
                        + lines(power - 1, i -> "p%d = Mul(p%d, p1)\n".formatted(i + 2, i + 1))
                        + r
                        + "\nv0 = Add(p%d, r)\n".formatted(power)
                        + lines(additions, i -> "v%d = Add(v%d, v0)\n".formatted(i + 1, i)));
    }

    @Test
    void aTensorOfAThousandNamedAxesIsCostedInTime() throws Exception {
        assertThat(survives(namedAxes(300, 30), OF_A_SMALL_FILE)).contains("d299");
        assertThat(survives(namedAxes(1000, 30), OF_A_SMALL_FILE)).contains("d999");
    }

    private static String namedAxes(int axes, int nodes) {
        String shape = IntStream.range(0, axes).mapToObj(i -> "d" + i).collect(Collectors.joining(", "));
        return graph(
                "(x0: float32[" + shape + "]) -> (x" + nodes + ")",
                lines(nodes, i -> "x%d = Relu(x%d)\n".formatted(i + 1, i)));
    }

    @Test
    void aLoopOfThousandsOfStatesThatHandTheirShapeOnIsFollowedForSomeRounds() throws Exception {
        int states = 3_000;
        IntFunction<String> formal = i -> ", a" + i + ": float32[...]";
        String text = graph(
                "(m: int64[], x: float32[2], y: float32[3]) -> (o0)",
                lines(states, i -> i == 0 ? "o0" : ", o" + i) + " = Loop(m, _, x"
                        + lines(states - 1, i -> ", y")
                        + ") {body = graph b (i: int64[], c: bool[]" + lines(states, formal) + ") -> (c"
                        + lines(states, i -> ", a" + Math.max(0, i - 1)) + ") {\n}}\n");
        assertThat(survives(text, OF_A_SMALL_FILE)).contains("float32[");
    }
}
