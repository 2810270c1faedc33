package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnsettledSizeTest {
    @Test
    void theNodeThatMakesASizeIsToldAndNotThoseThatFollow() {
        Analysed a = Analysed.graph(
                "(x: float32[n, 4]) -> (z)",
                "i = NonZero(x)",
                "t = Transpose(i)",
                "u = Cast(t) {to = 1}",
                "z = Relu(u)");
        assertThat(made(a)).containsExactly("NonZero gives int64[2, i_d1]");
    }

    @Test
    void aNodeWhoseBranchesDisagreeMakesOne() {
        Analysed a = Analysed.graph(
                "(x: float32[10], flag: bool[]) -> (y)",
                "y = If(flag) {then_branch = graph yes () -> (a) {",
                "  a = Concat(x, x, x) {axis = 0}",
                "}, else_branch = graph no () -> (b) {",
                "  b = Softmax(x)",
                "}}");
        assertThat(made(a)).containsExactly("If gives float32[?]");
    }

    @Test
    void aSizeWithANameIsNone() {
        assertThat(made(Analysed.graph("(x: float32[n, 4]) -> (y)", "y = Relu(x)")))
                .isEmpty();
    }

    @Test
    void aSizeThatTheElementsOfAListHaveIsNone() {
        assertThat(made(Analysed.graph("(l: seq(float32[k, 4]), i: int64[]) -> (y)", "y = SequenceAt(l, i)")))
                .isEmpty();
    }

    private static List<String> made(Analysed a) {
        return UnsettledSize.of(a.analysis().model(), a.analysis().inference()).stream()
                .map(d -> d.place().node().op() + " gives " + d.type())
                .toList();
    }
}
