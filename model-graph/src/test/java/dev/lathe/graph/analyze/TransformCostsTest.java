package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import org.junit.jupiter.api.Test;

/// FLOPs of Fourier transforms: 5·n·log₂n for one of n points, half of that where the signal is real.
class TransformCostsTest {
    @Test
    void eachTransformOfABatchCountsItsOwnPoints() {
        Analysed a =
                Analysed.graph("(x: float32[64, 1024, 2]) -> (y)", "const axis = int64[] {1}", "y = DFT(x, _, axis)");
        assertThat(a.cost("y").flops()).isEqualTo(Dim.of(64 * 5 * 1024 * 10));
    }

    @Test
    void theBatchMayHaveAName() {
        Analysed a =
                Analysed.graph("(x: float32[n, 1024, 2]) -> (y)", "const axis = int64[] {-2}", "y = DFT(x, _, axis)");
        assertThat(a.cost("y").flops().toString()).isEqualTo("(51200 * n)");
        Analysed open =
                Analysed.graph("(x: float32[2, n, 2]) -> (y)", "const axis = int64[] {1}", "y = DFT(x, _, axis)");
        assertThat(open.cost("y").flops()).as("the logarithm of a name").isEqualTo(Dim.unknown());
    }

    @Test
    void realSignalsTakeHalfAsMuchThereAndBack() {
        Analysed there = Analysed.graph(
                "(x: float32[3, 256, 1]) -> (y)", "const axis = int64[] {1}", "y = DFT(x, _, axis) {onesided = 1}");
        assertThat(there.cost("y").flops()).isEqualTo(Dim.of(3 * 256 * 8 * 5 / 2));
        Analysed back = Analysed.graph(
                "(x: float32[3, 129, 2]) -> (y)",
                "const axis = int64[] {1}",
                "y = DFT(x, _, axis) {onesided = 1, inverse = 1}");
        assertThat(back.cost("y").flops()).isEqualTo(Dim.of(3 * 256 * 8 * 5 / 2));
        Analysed padded = Analysed.graph(
                "(x: float32[3, 200, 1]) -> (y)",
                "const axis = int64[] {1}",
                "const length = int64[] {256}",
                "y = DFT(x, length, axis)");
        assertThat(padded.cost("y").flops()).isEqualTo(Dim.of(3 * 256 * 8 * 5 / 2));
    }

    @Test
    void framesOfASignalAreATransformEach() {
        for (int onesided : new int[] {0, 1}) {
            Analysed a = Analysed.graph(
                    "(x: float32[n, 1024, 1], window: float32[256]) -> (y)",
                    "const step = int64[] {128}",
                    "y = STFT(x, step, window) {onesided = %d}".formatted(onesided));
            assertThat(a.type("y")).isEqualTo("float32[n, 7, " + (onesided == 1 ? 129 : 256) + ", 2]");
            assertThat(a.cost("y").flops().toString()).isEqualTo("(%d * n)".formatted(7 * 256 * 8 * 5 / 2));
        }
    }

    @Test
    void theRuntimesOwnTransformsCountTheSame() {
        Analysed a = Analysed.graph(
                "(x: float32[n, 16, 64]) -> (y)",
                "y = com.microsoft:Rfft(x) {normalized = 0, onesided = 1, signal_ndim = 2}");
        assertThat(a.cost("y").flops().toString()).isEqualTo("(%d * n)".formatted(16 * 64 * 10 * 5 / 2));
    }
}
