package dev.lathe.profile.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Rules over layers: what they could take, and what they compute in vain.
class LayerRulesTest {
    private static final String CPU = "CPUExecutionProvider";

    /// A product of one row with 4 MiB of weights, and one of 512 rows with 1 MiB.
    private static final String PRODUCTS = """
            graph g (x: float32[1, 1024], z: float32[512, 512]) -> (y: float32[1, 1024], p: float32[512, 512]) {
              const w = float32[1024, 1024] splat 1048576 hex "0000803f"
              const v = float32[512, 512] splat 262144 hex "0000803f"
              y = MatMul(x, w) as row
              p = MatMul(z, v) as square
            }
            """;

    private static List<Finding> found(InsightRule rule, FabricatedRun run) {
        return rule.check(run.facts()) instanceof Verdict.Found(List<Finding> f) ? f : List.of();
    }

    @Test
    void aLayerAtTheMemorysBandwidthIsToldWithTheBytesAndASmallerTypeForItsWeights() throws LatheException {
        // 4 MiB at 10 GB/s are 420 µs; the square needs 268 MFLOP at 100 GFLOP/s: 2.7 ms.
        FabricatedRun run = new FabricatedRun(PRODUCTS)
                .layer("row", 450)
                .layer("square", 3000)
                .under(10, 100, 100);
        Finding f = found(new MemoryBound(), run).getFirst();
        assertThat(f.places()).containsExactly(run.id("row"));
        assertThat(f.explanation()).contains("4.01 MiB in 450 µs").contains("9.34 GB/s of the 10.0 GB/s");
        assertThat(f.remedy().act()).contains(new Remedy.Act.Pass("quantize-dynamic", Map.of()));
        assertThat(f.gain().orElseThrow().perRun().toNanos()).isCloseTo(337_000L, within(1_000L));
        assertThat(found(
                        new MemoryBound(),
                        new FabricatedRun(PRODUCTS)
                                .layer("row", 4000)
                                .layer("square", 3000)
                                .under(10, 100, 100)))
                .as("far from the bandwidth it does not wait for memory")
                .isEmpty();
        assertThat(found(
                        new MemoryBound(),
                        new FabricatedRun(PRODUCTS)
                                .layer("row", 100)
                                .layer("square", 900)
                                .under(10, 100, 100)))
                .as("what is quicker than memory came from a cache")
                .isEmpty();
    }

    @Test
    void aLayerFarBelowTheCeilingIsMeasuredByTheBestOfTheSameRun() throws LatheException {
        // The square reaches 2.68 of 3 ms, the row 0.42 of 6 ms.
        FabricatedRun run = new FabricatedRun(PRODUCTS)
                .layer("row", 6000)
                .layer("square", 3000)
                .under(10, 100, 100);
        Finding f = found(new FarFromCeiling(), run).getFirst();
        assertThat(f.places()).containsExactly(run.id("row"));
        assertThat(f.explanation()).contains("6.00 ms at best, 7.0 %").contains("reaches 89 %");
        assertThat(f.gain().orElseThrow().perRun()).isBetween(Duration.ofNanos(5_500_000), Duration.ofNanos(5_560_000));
        assertThat(found(
                        new FarFromCeiling(),
                        new FabricatedRun(PRODUCTS)
                                .layer("row", 6000)
                                .layer("square", 40_000)
                                .under(10, 100, 100)))
                .as("where all layers are as far, it is not the layer")
                .isEmpty();
    }

    @Test
    void productsThatWaitForArithmeticAreFasterInEightBitsWhereTheDeviceMeasuredSo() throws LatheException {
        FabricatedRun run = new FabricatedRun(PRODUCTS)
                .layer("row", 450)
                .layer("square", 3000)
                .under(10, 100, 400);
        Finding f = found(new LowerPrecision(), run).getFirst();
        assertThat(f.places()).containsExactly(run.id("square"));
        assertThat(f.explanation())
                .contains("400 GOP/s")
                .contains("100 GFLOP/s")
                .contains("4.00 times");
        assertThat(f.gain().orElseThrow().perRun()).isEqualTo(Duration.ofNanos(2_250_000));
        assertThat(found(
                        new LowerPrecision(),
                        new FabricatedRun(PRODUCTS)
                                .layer("row", 450)
                                .layer("square", 3000)
                                .under(10, 100, 110)))
                .isEmpty();
    }

    @Test
    void withoutMeasuredCeilingsTheySayHowToMeasureThem() throws LatheException {
        FabricatedRun run = new FabricatedRun(PRODUCTS).layer("row", 450).layer("square", 3000);
        for (InsightRule rule : List.of(new MemoryBound(), new FarFromCeiling(), new LowerPrecision())) {
            assertThat(rule.check(run.facts()))
                    .isInstanceOfSatisfying(
                            Verdict.NotChecked.class, n -> assertThat(n.why()).contains("lathe devices --measure"));
        }
    }

    private static final String CONSTANT = """
            graph g (x: float32[64]) -> (y: float32[64]) {
              const c = float32[64] splat 64 hex "0000803f"
              d = Exp(c) as power
              y = Add(x, d) as sum
            }
            """;

    @Test
    void aConstantThatIsComputedInEveryRunIsSimplified() throws LatheException {
        FabricatedRun run =
                new FabricatedRun(CONSTANT).layer("power", 30).layer("sum", 70).level(SessionConfig.Level.NONE);
        Finding f = found(new ConstantNotFolded(), run).getFirst();
        assertThat(f.places()).containsExactly(run.id("power"));
        assertThat(f.explanation()).contains("30.0 µs").contains("own optimizations are off");
        assertThat(f.remedy().act()).contains(new Remedy.Act.Pass("simplify", Map.of()));
        assertThat(found(new ConstantNotFolded(), new FabricatedRun(CONSTANT).layer("sum", 70)))
                .isEmpty();
    }

    @Test
    void arithmeticWithSizesIsTold() throws LatheException {
        String graph = """
                graph g (x: float32[n, 4]) -> (y: float32[n, 4]) {
                  s = Shape(x) as sizes
                  t = Abs(s) as steps
                  y = Reshape(x, t) as same
                }
                """;
        FabricatedRun run = new FabricatedRun(graph, Map.of("n", 8L))
                .layer("sizes", 5)
                .layer("steps", 5)
                .layer("same", 90);
        Finding f = found(new ShapeArithmetic(), run).getFirst();
        assertThat(f.places()).containsExactlyInAnyOrder(run.id("sizes"), run.id("steps"));
        assertThat(f.remedy().text()).contains("n = 8");
        assertThat(found(new ShapeArithmetic(), new FabricatedRun(CONSTANT).layer("sum", 70)))
                .isEmpty();
    }

    @Test
    void whatIsComputedTwiceIsToldOnce() throws LatheException {
        String graph = """
                graph g (x: float32[8]) -> (y: float32[8]) {
                  a = Exp(x) as one
                  b = Exp(x) as two
                  c = Abs(a) as three
                  d = Abs(b) as four
                  y = Add(c, d) as sum
                }
                """;
        FabricatedRun run = new FabricatedRun(graph);
        for (String layer : List.of("one", "two", "three", "four", "sum")) {
            run.layer(layer, 20);
        }
        Finding f = found(new DoneTwice(), run).getFirst();
        assertThat(f.places()).containsExactlyInAnyOrder(run.id("two"), run.id("four"));
        assertThat(f.gain().orElseThrow().part()).isCloseTo(0.4, within(1e-6));
        assertThat(found(new DoneTwice(), new FabricatedRun(CONSTANT).layer("sum", 70)))
                .isEmpty();
    }

    private static final String BENT = """
            graph g (x: float32[64, 64]) -> (y: float32[64, 64]) {
              const w = float32[64, 64] splat 4096 hex "0000803f"
              a = MatMul(x, w) as product
              y = Relu(a) as bend
            }
            """;

    @Test
    void anActivationOfItsOwnIsToldWhereTheRuntimeWasAskedForLess() throws LatheException {
        FabricatedRun run =
                new FabricatedRun(BENT).layer("product", 80).layer("bend", 20).level(SessionConfig.Level.BASIC);
        Finding f = found(new Unfused(), run).getFirst();
        assertThat(f.places()).containsExactly(run.id("bend"));
        assertThat(f.explanation()).contains("level basic").contains("20.0 µs");
        assertThat(found(
                        new Unfused(),
                        new FabricatedRun(BENT)
                                .kernel("product", "FusedMatMul", CPU, 90, "product", "bend")
                                .level(SessionConfig.Level.BASIC)))
                .isEmpty();
    }

    @Test
    void aGeluInStepsIsToldWithAllItsSteps() throws LatheException {
        String graph = """
                graph g (x: float32[64]) -> (y: float32[64]) {
                  const r = float32[] {1.4142135}
                  const one = float32[] {1.0}
                  const half = float32[] {0.5}
                  a = Div(x, r) as div
                  b = Erf(a) as erf
                  c = Add(b, one) as add
                  d = Mul(x, c) as mul
                  y = Mul(d, half) as half_of_it
                }
                """;
        FabricatedRun run = new FabricatedRun(graph);
        for (String layer : List.of("div", "erf", "add", "mul", "half_of_it")) {
            run.layer(layer, 20);
        }
        Finding f = found(new Unfused(), run).getFirst();
        assertThat(f.title()).isEqualTo("1 Gelu spelled out in 5 layers");
        assertThat(f.places()).hasSize(5);
        assertThat(found(
                        new Unfused(),
                        new FabricatedRun(graph)
                                .kernel("gelu", "Gelu", CPU, 50, "div", "erf", "add", "mul", "half_of_it")))
                .isEmpty();
    }
}
