package dev.lathe.profile.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeastTimesTest {
    /// 1 byte and 4 operations a nanosecond, 8 of 8-bit integers.
    private static final Roofline ROOF = new Roofline(
            Quantity.of(1e9, Unit.BYTES_PER_SECOND),
            Map.of(
                    DType.FLOAT32, Quantity.of(4e9, Unit.FLOP_PER_SECOND),
                    DType.INT8, Quantity.of(8e9, Unit.OP_PER_SECOND)));

    private static Analysis analysis(String graph) throws LatheException {
        return Analysis.of(
                GraphText.parse("model \"test\" ir=8\nopset \"\" 17\n" + graph), DimBindings.NONE, JobContext.quiet());
    }

    private static Node node(Analysis analysis, String name) {
        return analysis.model().graph().nodes().stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLayerOfItsOwnReadsAndWritesMemoryAndAFusedOneOnlyReadsItsWeights() throws LatheException {
        Analysis a = analysis("""
                graph g (x: float32[64, 64]) -> (y: float32[64, 64]) {
                  y = Relu(x) as bend
                }
                """);
        LeastTimes least = new LeastTimes(a, ROOF);
        // 2 · 64 · 64 · 4 bytes against 64 · 64 operations.
        assertThat(least.alone(node(a, "bend"))).contains(Duration.ofNanos(32_768));
        assertThat(least.fused(node(a, "bend"))).contains(Duration.ofNanos(1_024));
        assertThat(least.whole()).contains(Duration.ofNanos(1_024));
    }

    @Test
    void aProductOfLargeMatricesIsBoundByThePeakOfItsType() throws LatheException {
        Analysis a = analysis("""
                graph g (x: float32[256, 256], q: uint8[256, 256], r: int8[256, 256]) -> (y: float32[256, 256], p: int32[256, 256]) {
                  y = MatMul(x, x) as floats
                  p = MatMulInteger(q, r) as bytes
                }
                """);
        LeastTimes least = new LeastTimes(a, ROOF);
        long operations = 2L * 256 * 256 * 256;
        assertThat(least.alone(node(a, "floats"))).contains(Duration.ofNanos(operations / 4));
        assertThat(least.alone(node(a, "bytes"))).contains(Duration.ofNanos(operations / 8));
        assertThat(least.whole()).contains(Duration.ofNanos(operations / 4 + operations / 8));
    }

    @Test
    void weightsAreReadWhateverElseIsInCaches() throws LatheException {
        Analysis a = analysis("""
                graph g (x: float32[1, 64]) -> (y: float32[1, 64]) {
                  shape = Constant() {value_ints = [64, 64]}
                  w = ConstantOfShape(shape)
                  h = MatMul(x, w) as free
                  const c = float32[64, 64] splat 4096 hex "0000803f"
                  y = MatMul(h, c) as weighted
                }
                """);
        LeastTimes least = new LeastTimes(a, ROOF);
        assertThat(least.fused(node(a, "free"))).contains(Duration.ofNanos(2 * 64 * 64 / 4));
        assertThat(least.fused(node(a, "weighted"))).contains(Duration.ofNanos(64 * 64 * 4));
        assertThat(least.whole().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofNanos(64 * 64 * 4));
    }

    @Test
    void aViewCostsNothingAndAnUnknownSizeHasNoLeastTime() throws LatheException {
        Analysis a = analysis("""
                graph g (x: float32[n, 64]) -> (y: float32[n, 64], z: float32[64, n]) {
                  y = Identity(x) as same
                  z = Transpose(x) as turned
                }
                """);
        LeastTimes least = new LeastTimes(a, ROOF);
        assertThat(least.alone(node(a, "same"))).isEmpty();
        assertThat(least.alone(node(a, "turned"))).isEmpty();
        assertThat(least.whole()).contains(Duration.ZERO);
    }
}
