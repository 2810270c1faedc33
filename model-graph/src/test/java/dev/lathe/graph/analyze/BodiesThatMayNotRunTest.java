package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sizes that do not fit rule a branch out, but not where they are in a body that may run no time at all.
class BodiesThatMayNotRunTest {
    private static String ofTheIf(String branch) {
        return Analysed.graph(
                        "(x: float32[2, 3], m: int64[], flag: bool[], s: float32[n, 3], t: float32[5, 3]) -> (y)",
                        "const once = int64[] {1}",
                        "const never = int64[] {0}",
                        "const yes = bool[] {true}",
                        "const from = int64[1] {0}",
                        "const to = int64[1] {1}",
                        "y = If(flag) {then_branch = graph yes () -> (a) {",
                        "  a = Slice(x, from, to)",
                        "}, else_branch = graph no () -> (b) {",
                        "  q = Relu(x)",
                        branch,
                        "}}")
                .type("y");
    }

    private static final String PRODUCT = "  v2 = MatMul(x, v)\n";

    @ParameterizedTest
    @CsvSource({
        "'m, _', '?'",
        "'never, _', '?'",
        "'m, yes', '?'",
        "'once, flag', '?'",
        "'once, _', '1'",
        "'_, yes', '1'",
        "'_, _', '1'",
    })
    void aLoopThatMayRunNoTimeLeavesItsBranchPossible(String trips, String rows) {
        assertThat(ofTheIf("  b = Loop(" + trips + ", q) {body = graph l (i: int64[], c: bool[], v) -> (c2, v2) {\n"
                        + "  c2 = Identity(flag)\n" + PRODUCT + "}}"))
                .isEqualTo("float32[" + rows + ", 3]");
    }

    @ParameterizedTest
    @CsvSource({"s, '?'", "t, '1'"})
    void aScanOverNothingLeavesItsBranchPossible(String over, String rows) {
        assertThat(ofTheIf("  b, all = Scan(q, " + over
                        + ") {num_scan_inputs = 1, body = graph l (v, e) -> (v3, e2) {\n" + PRODUCT
                        + "  v3 = Identity(v)\n  e2 = Identity(v2)\n}}"))
                .isEqualTo("float32[" + rows + ", 3]");
    }

    @ParameterizedTest
    @CsvSource({"SequenceEmpty(), '?'", "SequenceConstruct(x), '1'"})
    void aMapOverAnEmptyListLeavesItsBranchPossible(String list, String rows) {
        assertThat(ofTheIf("  b = Identity(q)\n  l = " + list + "\n  k = SequenceMap(l) {body = graph l (v) -> (v2) {\n"
                        + PRODUCT + "}}"))
                .isEqualTo("float32[" + rows + ", 3]");
    }
}
