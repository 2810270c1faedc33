package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Severity;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What ONNX Runtime 1.30 refuses to load is an error in a branch that may never run, too; what it only stumbles over
/// when the branch runs is a remark there.
class MisfitsTest {
    private static List<Severity> inABranch(String node) {
        return Analysed.graph(
                        "(x: float32[2, 3, 4, 4], i: int64[2], k0: int64[], t: int64[2], flag: bool[]) -> (y)",
                        "const none = int64[] {0}",
                        "const one = int64[] {1}",
                        "const five = int64[] {5}",
                        "const nought = int64[1] {0}",
                        "const below = int64[1] {-1}",
                        "const two = int64[2] {0, 0}",
                        "const ones = int64[2] {1, 1}",
                        "const open = int64[2] {-1, -1}",
                        "const three = int64[3] {2, 3, 4}",
                        "const beyond = int64[5] {2, 3, 4, 4, 0}",
                        "y = If(flag) {then_branch = graph yes () -> (a) {",
                        node,
                        "}, else_branch = graph no () -> (b) {",
                        "  b = Identity(x)",
                        "}}")
                .analysis()
                .inference()
                .diagnostics()
                .stream()
                .map(d -> d.severity())
                .filter(s -> s != Severity.WARNING)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a = Slice(x, two, ones, ones)",
                "a = Slice(x, two, ones, nought)",
                "a = Slice(x, two, nought)",
                "a = Slice(x, nought, nought, nought, nought)",
                "a, b1 = TopK(x, one)",
                "a = Expand(x, below)",
                "a = Div(i, none)",
                "a = Mod(i, two)",
                "a = Tile(x, ones)",
                "a = Pad(x, ones)",
                "a = Unsqueeze(x, ones)",
                "a = Reshape(x, open)",
                "a = Reshape(x, beyond)",
                "a = GatherND(x, beyond)",
                "a = Range(nought, five, one)",
                "a = NegativeLogLikelihoodLoss(x, t)",
                "a = MatMul(x, k0)",
            })
    void whatIsRefusedAtLoadingIsAnError(String node) {
        assertThat(inABranch(node)).containsExactly(Severity.ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a, b1 = TopK(x, k0)",
                "a = Transpose(x) {perm = [0, 1]}",
                "a = Range(none, five, none)",
            })
    void whatIsRefusedWhenItRunsIsARemark(String node) {
        assertThat(inABranch(node)).containsExactly(Severity.INFO);
    }
}
