package dev.lathe.graph.conformance;

import static dev.lathe.graph.conformance.Survival.function;
import static dev.lathe.graph.conformance.Survival.graph;
import static dev.lathe.graph.conformance.Survival.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small files that stand for a great deal: neither the time nor the memory that they take is beyond a small multiple
/// of their size.
class HostileSmallFileTest {
    /// What may be asked for whatever the size of the file is, and for each byte of it.
    private static final long MOST_BYTES = 400L << 20;

    private static final long MOST_BYTES_PER_BYTE = 500;

    @TempDir
    Path folder;

    private String survives(String text) throws InterruptedException {
        Survival.Outcome outcome = Survival.of(text, folder, Survival.OF_A_SMALL_FILE);
        assertThat(outcome.allocated())
                .as("bytes asked for, of a file of " + outcome.fileBytes())
                .isLessThan(MOST_BYTES + MOST_BYTES_PER_BYTE * outcome.fileBytes());
        return outcome.output();
    }

    @Test
    void callsOfAFunctionOfManyInputsDoNotEachTakeWhatItsInputsTake() throws Exception {
        int formals = 20_000;
        String inputs = IntStream.range(0, formals).mapToObj(i -> "p" + i).collect(Collectors.joining(", "));
        String text =
                graph("(x: float32[2]) -> (y0)", lines(4_000, i -> "y%1$d = local:F(x) {k = %1$d}\n".formatted(i)))
                        + function("F", "k", "(" + inputs + ") -> (w)", "w = Relu(p0)\n");
        assertThat(survives(text)).isEqualTo("float32[2]");
    }

    @Test
    void aLoopOfManyInputsDoesNotTakeThemInEachRound() throws Exception {
        int formals = 10_000;
        String bodies = lines(
                100,
                i -> "o%1$d = Loop(m, _, x) {body = graph b%1$d (i%1$d: int64[], c%1$d: bool[], a%1$d: float32[...]"
                                .formatted(i)
                        + ") -> (c%1$d, d%1$d) {\nd%1$d = local:F(a%1$d) {k = %1$d}\n}}\n".formatted(i));
        String inputs = IntStream.range(0, formals).mapToObj(i -> "p" + i).collect(Collectors.joining(", "));
        String text = graph("(m: int64[], x: float32[2]) -> (o0)", bodies)
                + function("F", "k", "(" + inputs + ") -> (w)", "w = Unsqueeze(p0, p0)\n");
        assertThat(survives(text)).startsWith("float32");
    }

    @Test
    void longListsOfAttributesAreNotLookedThroughInEachCall() throws Exception {
        String ones = IntStream.range(0, 50_000).mapToObj(i -> "1").collect(Collectors.joining(", "));
        String text =
                graph("(x: float32[2]) -> (y0)", lines(8_000, i -> "y%1$d = local:F(x) {k = %1$d}\n".formatted(i)))
                        + function("F", "k", "(p) -> (w)", "w = MaxPool(p) {kernel_shape = [" + ones + "]}\n");
        assertThat(survives(text)).isEqualTo("float32[...]");
    }

    @Test
    void contentsInAFunctionAreReadOnceForAllCalls() throws Exception {
        String numbers = IntStream.range(0, 1024).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text =
                graph("(x: float32[2]) -> (y0)", lines(2_000, i -> "y%1$d = local:F(x) {k = %1$d}\n".formatted(i)))
                        + function(
                                "F",
                                "k",
                                "(p) -> (w)",
                                lines(30, i -> "c%d = Constant() {value = int64[1024] {%s}}\n".formatted(i, numbers))
                                        + "w = Relu(p)\n");
        assertThat(survives(text)).isEqualTo("float32[2]");
    }

    /// Of the arguments of each call others live on, so that each needs memory of its own.
    @Test
    void aFunctionIsNotGoneThroughForEveryChoiceOfArgumentsThatLiveOn() throws Exception {
        int formals = 12;
        int inside = 8_000;
        String calls = lines(500, k -> {
            String fresh = listed(formals, i -> "s%d_%d".formatted(k, i));
            String arguments = listed(formals, i -> (k >> i & 1) == 1 ? "s%d_%d".formatted(k, i) : "b");
            return fresh
                    + " = Split(a) {num_outputs = 12}\ny%d = local:F(%s)\nz%d = Relu(b)\n".formatted(k, arguments, k);
        });
        String inputs = listed(formals, i -> "p" + i);
        String text = graph("(a: float32[12], b: float32[1]) -> (y499)", calls)
                + function(
                        "F",
                        "",
                        "(" + inputs + ") -> (w)",
                        "r0 = Relu(p0)\n"
                                + lines(inside, i -> "r%d = Relu(r%d)\n".formatted(i + 1, i))
                                + "w = Sum(r%d, %s)\n".formatted(inside, inputs));
        assertThat(survives(text)).isEqualTo("float32[1]");
    }

    @Test
    void manyTensorsOfManyNumbersAreNotAllFollowed() throws Exception {
        String text = graph(
                "(x: float32[2]) -> (y9999)",
                "const z = int64[] {0}\nconst l = int64[] {1024}\nconst o = int64[] {1}\n"
                        + lines(10_000, i -> "y%d = Range(z, l, o)\n".formatted(i)));
        assertThat(survives(text)).isEqualTo("int64[1024]");
    }

    @Test
    void manyTensorsOfLongFormulasAreNotAllFollowed() throws Exception {
        int axes = 300;
        String names = IntStream.range(0, axes).mapToObj(i -> "d" + i).collect(Collectors.joining(", "));
        String ones = IntStream.range(0, 2 * axes).mapToObj(i -> "1").collect(Collectors.joining(", "));
        String text = graph(
                "(x0: float32[" + names + "]) -> (x5000)",
                "const p = int64[%d] {%s}\n".formatted(2 * axes, ones)
                        + lines(5_000, i -> "x%d = Pad(x%d, p)\n".formatted(i + 1, i)));
        assertThat(survives(text)).startsWith("float32[");
    }

    @Test
    void newAxesAreNotPutInFrontWithoutEnd() throws Exception {
        assertThat(survives(newAxes(300, 1024))).isEqualTo("float32[...]");
        assertThat(survives(newAxes(2_000, 64))).isEqualTo("float32[...]");
        assertThat(survives(newAxes(5_000, 1))).isEqualTo("float32[...]");
    }

    /// Nodes of which each puts so many new axes in front of what the one before made.
    private static String newAxes(int nodes, int axes) {
        return graph(
                "(x0: float32[1]) -> (x%d)".formatted(nodes),
                "const a = int64[%d] {%s}\n".formatted(axes, listed(axes, i -> "" + i))
                        + lines(nodes, i -> "x%d = Unsqueeze(x%d, a)\n".formatted(i + 1, i)));
    }

    @Test
    void tensorsOfAThousandAxesEachAreNotAllFollowed() throws Exception {
        String text = graph(
                "(x: float32[1]) -> (y4999)",
                "const a = int64[1000] {%s}\n".formatted(listed(1000, i -> "" + i))
                        + lines(5_000, i -> "y%d = Unsqueeze(x, a)\n".formatted(i)));
        assertThat(survives(text)).isEqualTo("float32[...]");
    }

    /// Eight sums of two make 256 terms, and every node behind them takes that times the size of an element.
    @Test
    void productsOfManySumsAreNotWrittenOutForEachNode() throws Exception {
        String text = graph(
                "(x: float32[%s]) -> (y5000)".formatted(listed(8, i -> "n" + i)),
                "const p = int64[16] {%s}\ny0 = Pad(x, p)\n".formatted(listed(16, i -> "1"))
                        + lines(5_000, i -> "y%d = Sigmoid(y%d)\n".formatted(i + 1, i)));
        assertThat(survives(text)).startsWith("float32[(n0 + 2)");
    }

    @Test
    void indicesOfManyAxesDoNotAddUpWithoutEnd() throws Exception {
        String text = graph(
                "(x0: float32[1]) -> (x2000)",
                "const a = int64[%s] {0}\n".formatted(listed(60, i -> "1"))
                        + lines(2_000, i -> "x%d = Gather(x%d, a)\n".formatted(i + 1, i)));
        assertThat(survives(text)).isEqualTo("float32[...]");
    }

    @Test
    void functionsThatDoubleAndEachAddAnAxisAreFollowedInTime() throws Exception {
        int count = 60;
        String text = graph("(x: float32[n]) -> (y)", "y = local:F0(x)\n")
                + lines(
                        count,
                        i -> i + 1 < count
                                ? function(
                                        "F" + i,
                                        "",
                                        "(a) -> (b)",
                                        "t = local:F%1$d(a)\nb = local:F%1$d(t)\n".formatted(i + 1))
                                : function(
                                        "F" + i,
                                        "",
                                        "(a) -> (b)",
                                        "z = Constant() {value_ints = [0]}\nb = Unsqueeze(a, z)\n"));
        assertThat(survives(text)).startsWith("float32[");
    }

    @Test
    void oneOfAThousandAxesIsFoundInTime() throws Exception {
        String text = graph(
                "(x: float32[%s]) -> (y4999)".formatted(listed(1000, i -> "2")),
                "const a = int64[999] {%s}\n".formatted(listed(999, i -> "" + i))
                        + lines(5_000, i -> "y%d = ReduceSum(x, a) {keepdims = 0}\n".formatted(i)));
        assertThat(survives(text)).isEqualTo("float32[2]");
    }

    @Test
    void aTensorOfAThousandAxesIsNotCutIntoAThousandTypes() throws Exception {
        String text = graph(
                "(x: float32[1024, %s]) -> (y1999)".formatted(listed(1000, i -> "1")),
                "const a = int64[1024] {%s}\n".formatted(listed(1024, i -> "1"))
                        + lines(2_000, i -> "y%d = SplitToSequence(x, a)\n".formatted(i)));
        assertThat(survives(text)).startsWith("seq(float32[");
    }

    @Test
    void typesDoNotNestWithoutEnd() throws Exception {
        assertThat(survives(nested(20_000, "Optional"))).isEqualTo("optional(optional(?))");
        assertThat(survives(nested(20_000, "SequenceConstruct"))).isEqualTo("seq(seq(?))");
        assertThat(survives(nested(3_000, "Optional"))).startsWith("optional(");
    }

    private static String nested(int nodes, String operator) {
        return graph(
                "(x0: float32[1]) -> (x%d)".formatted(nodes),
                lines(nodes, i -> "x%d = %s(x%d)\n".formatted(i + 1, operator, i)));
    }

    @Test
    void moreElementsThanAnybodyFollowsAreNotPicked() throws Exception {
        String numbers = listed(1024, i -> "0");
        String text = graph(
                "(x: float32[1]) -> (y999)",
                "const d = int64[1, 1024] {%1$s}\nconst i = int64[1024] {%1$s}\n".formatted(numbers)
                        + lines(1_000, i -> "y%d = Gather(d, i)\n".formatted(i)));
        assertThat(survives(text)).isEqualTo("int64[1024, 1024]");
    }

    @Test
    void moreElementsThanAnybodyFollowsAreNotPutTogether() throws Exception {
        String text = graph(
                "(x: float32[1]) -> (y2999)",
                "const d = int64[1024] {%s}\n".formatted(listed(1024, i -> "0"))
                        + lines(3_000, i -> "y%d = Concat(%s) {axis = 0}\n".formatted(i, listed(64, k -> "d"))));
        assertThat(survives(text)).isEqualTo("int64[65536]");
    }

    /// As many n-grams, with as many words left out, as two numbers of the file say.
    @Test
    void nGramsOfAnyLengthAndSkipsAreNotCountedOneByOne() throws Exception {
        for (String longest : new String[] {"1000", "1000000000", "9223372036854775807"}) {
            String text = graph("(x: int64[1, 1000000000000]) -> (y)", """
                    y = TfIdfVectorizer(x) {mode = "TF", min_gram_length = 1, max_gram_length = %s, \
                    max_skip_count = 1000000000000, ngram_counts = [0], ngram_indexes = [0], pool_int64s = [1]}
                    """.formatted(longest));
            assertThat(survives(text)).isEqualTo("float32[1, 1]");
        }
    }

    /// Roots that are one and the same, and nodes that are children of many.
    @Test
    void treesAreNotGoneThroughForEachOfTheirRoots() throws Exception {
        int n = 10_000;
        String text = "y = ai.onnx.ml:TreeEnsemble(x) {n_targets = 1, tree_roots = [%s], nodes_featureids = [%s], "
                        .formatted(listed(60_000, i -> "0"), listed(n, i -> "0"))
                + "nodes_truenodeids = [%s], nodes_trueleafs = [%s], "
                        .formatted(listed(n, i -> "" + Math.min(i + 1, n - 1)), listed(n, i -> i < n - 1 ? "0" : "1"))
                + "nodes_falsenodeids = [%s], nodes_falseleafs = [%s], leaf_targetids = [0]}\n"
                        .formatted(listed(n, i -> "0"), listed(n, i -> "1"));
        assertThat(survives(trees(text))).startsWith("float32[");
        assertThat(survives(trees(twins(3_000, 13)))).startsWith("float32[");
    }

    private static String trees(String body) {
        return graph("(x: float32[n, 3]) -> (y)", body).replace("opset \"local\" 1", "opset \"ai.onnx.ml\" 3");
    }

    /// Trees of which both children of each node are the next one: there are two to the depth ways down.
    private static String twins(int trees, int depth) {
        int n = trees * (depth + 1);
        return "y = ai.onnx.ml:TreeEnsembleRegressor(x) {n_targets = 1, nodes_treeids = [%s], nodes_nodeids = [%s], "
                        .formatted(listed(n, i -> "" + i / (depth + 1)), listed(n, i -> "" + i % (depth + 1)))
                + "nodes_truenodeids = [%1$s], nodes_falsenodeids = [%1$s], "
                        .formatted(listed(n, i -> "" + Math.min(i % (depth + 1) + 1, depth)))
                + "nodes_modes = [%s]}\n"
                        .formatted(listed(n, i -> i % (depth + 1) == depth ? "\"LEAF\"" : "\"BRANCH_LEQ\""));
    }

    @Test
    void namesOfDimensionsDoNotNestWithoutEnd() throws Exception {
        for (int deep : new int[] {3_000, 100_000}) {
            String name = "(".repeat(deep) + "n + 1" + ")".repeat(deep);
            assertThat(survives(graph("(x: float32[\"%s\"]) -> (y)".formatted(name), "y = Relu(x)\n")))
                    .startsWith("float32[(((");
        }
    }

    @Test
    void namesOfDimensionsAreNotMultipliedOut() throws Exception {
        String product =
                IntStream.range(0, 11).mapToObj("(a%1$d+b%1$d)"::formatted).collect(Collectors.joining("*"));
        assertThat(survives(manyInputs(1_000, product))).startsWith("float32[");
        String sum = IntStream.range(0, 1_000).mapToObj("a%d"::formatted).collect(Collectors.joining("+"));
        assertThat(survives(manyInputs(300, sum))).startsWith("float32[");
        String quotient = IntStream.range(0, 20)
                .mapToObj("(a%1$d+b%1$d+c%1$d+d%1$d)"::formatted)
                .collect(Collectors.joining("//"));
        assertThat(survives(manyInputs(1_000, quotient))).startsWith("float32[");
    }

    private static String manyInputs(int inputs, String extent) {
        return graph(
                "(" + listed(inputs, i -> "x%d: float32[\"%s\"]".formatted(i, extent)) + ") -> (y0)",
                lines(inputs, i -> "y%1$d = Relu(x%1$d)\n".formatted(i)));
    }

    @Test
    void partsOfAConstantAreCountedInOnePass() throws Exception {
        String text = graph(
                "(x: float32[1]) -> (y0)",
                "const w = int64[1024] {%s}\n".formatted(listed(1024, i -> "" + i))
                        + lines(1_000, i -> "y%d = Unique(w) {axis = 0}\n".formatted(i)));
        assertThat(survives(text)).isEqualTo("int64[1024]");
    }

    @Test
    void sizesOfManyNamesAreAddedInOneGo() throws Exception {
        int inputs = 1_000;
        String names = listed(inputs, i -> "x" + i);
        String text = graph(
                "(" + listed(inputs, i -> "x%1$d: float32[n%1$d]".formatted(i)) + ") -> (y0)",
                lines(100, i -> "y%d = Concat(%s) {axis = 0}\n".formatted(i, names)));
        assertThat(survives(text)).startsWith("float32[");
    }

    private static String listed(int count, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(", "));
    }
}
