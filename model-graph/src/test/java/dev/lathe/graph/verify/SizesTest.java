package dev.lathe.graph.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.text.GraphText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// Sizes of inputs and attributes that kernels want to agree, though no shape of an output follows from it. What ONNX
/// Runtime 1.30 refuses to load is an error in a branch, too; what it only finds when the node runs is a remark there.
class SizesTest {
    /// The opsets that a line means by its first column.
    private static String head(String opset) {
        return "model \"ONNX\" ir=10\nopset \"\" " + opset + "\nopset \"com.microsoft\" 1\nopset \"ai.onnx.ml\" 3\n";
    }

    private static List<String> found(String text, Severity severity) throws LatheException {
        Model model = GraphText.parse(text);
        return Verifier.of(model, Inference.of(model, JobContext.quiet()), JobContext.quiet()).stream()
                .filter(d -> d.severity() == severity)
                .map(d -> d.line())
                .toList();
    }

    private static String plain(String opset, String inputs, String node) {
        return head(opset) + "graph g (" + inputs + ") -> (y) {\n" + node.replace("; ", "\n") + "\n}\n";
    }

    /// The same in a branch whose condition is an input.
    private static String inBranch(String opset, String inputs, String node) {
        return head(opset) + "graph g (" + (inputs.isEmpty() ? "" : inputs + ", ") + "flag: bool[]) -> (result) {\n"
                + "result = If(flag) {then_branch = graph yes () -> (y) {\n" + node.replace("; ", "\n")
                + "\n}, else_branch = graph no () -> (other) {\nother = Identity(flag)\n}}\n}\n";
    }

    @ParameterizedTest(name = "{3}")
    @CsvFileSource(resources = "sizes.table", delimiter = '|', maxCharsPerColumn = 20_000)
    void whatNoRunTakesIsAnErrorWithTheNodesPlace(
            String when, String opset, String inputs, String node, String sentence) throws LatheException {
        String given = inputs == null ? "" : inputs;
        List<String> errors = found(plain(opset, given, node), Severity.ERROR);
        assertThat(errors).singleElement().asString().startsWith("node 'n' (").contains(sentence);
        boolean told =
                found(inBranch(opset, given, node), Severity.ERROR).stream().anyMatch(e -> e.contains(sentence));
        assertThat(told).as("in a branch").isEqualTo(when.equals("load"));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            18 | x: float32[2, 4], s: float32[2, 4]                              | y = PRelu(x, s) as n
            6  | x: float32[2, 3, 4], s: float32[3]                              | y = PRelu(x, s) as n
            18 | x: float32[2, 3], s: float32[1]                                 | y = Clip(x, s) as n
            13 | x: uint8[3, 4], s: float32[1], z: uint8[]                       | y = DequantizeLinear(x, s, z) as n
            21 | x: float32[5, 4], s: float32[3, 4]                              | y = QuantizeLinear(x, s) {axis = 0, block_size = 2} as n
            18 | x: float32[a, b, c], s: float32[d]                              | y = InstanceNormalization(x, s, s) as n
            21 | x: float32[2, 6, 4], s: float32[1, 6]                           | y = GroupNormalization(x, s, s) {num_groups = 3} as n
            18 | x: float32[7, 2, 3], w: float32[1, 20, 3], r: float32[1, 20, 5] | y = LSTM(x, w, r) {hidden_size = 5} as n
            18 | x: float32[4, 5], i: int64[2, 5]                                | y = GatherElements(x, i) as n
            18 | x: float32[3, 4, 5], i: int64[2, 2], u: float32[2, 5]           | y = ScatterND(x, i, u) as n
            18 | n: int64[1]                                                     | y = HannWindow(n) as n
            18 | x: float32[1, 2, 5, 5], w: float32[4, 2, 3, 3], b: float32[m]   | y = Conv(x, w, b) as n
            24 | q: float32[2, 3, 4, 8], k: float32[2, 3, 6, 8], m: float32[1, 4] | y = Attention(q, k, k, m) as n
            18 | x: uint8[1, 2, 5, 5], w: uint8[4, 2, 3, 3], z: uint8[4]        | y = ConvInteger(x, w, _, z) as n
            18 | a: uint8[3, 4], b: uint8[4, 5], z: uint8[3]                     | y = MatMulInteger(a, b, z) as n
            18 | x: uint8[2, 3], s: float32[], z: uint8[]                        | y = com.microsoft:QLinearReduceMean(x, s, z, s, z) {axes = [1], keepdims = 1} as n
            18 | x: float32[1, 2, 5]                                             | y = LRN(x) {size = 3} as n
            23 | q: float32[2, 4, 24], k: float32[2, 6, 12], m: float32[1, 1, 4, 6] | y = Attention(q, k, k, m) {kv_num_heads = 3, q_num_heads = 6} as n
            """)
    void whatRunsOrTheStandardAllowsIsNone(String opset, String inputs, String node) throws LatheException {
        assertThat(found(plain(opset, inputs, node), Severity.ERROR)).isEmpty();
    }
}
