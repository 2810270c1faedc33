package dev.lathe.profile.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.profile.ceiling.Ceiling;
import dev.lathe.profile.ceiling.CeilingSetup;
import dev.lathe.profile.ceiling.Ceilings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RooflineTest {
    /// 20 GB/s, 100 GFLOP/s, 400 GOP/s: ridges at 5 and 20 operations a byte.
    private static final Roofline ROOF = new Roofline(
            Quantity.of(20e9, Unit.BYTES_PER_SECOND),
            Map.of(
                    DType.FLOAT32, Quantity.of(100e9, Unit.FLOP_PER_SECOND),
                    DType.INT8, Quantity.of(400e9, Unit.OP_PER_SECOND)));

    @Test
    void belowTheRidgeMemoryLimitsAndAboveItThePeak() {
        assertThat(ROOF.attainable(DType.FLOAT32, intensity(1))).contains(Quantity.of(20e9, Unit.FLOP_PER_SECOND));
        assertThat(ROOF.attainable(DType.FLOAT32, intensity(5))).contains(Quantity.of(100e9, Unit.FLOP_PER_SECOND));
        assertThat(ROOF.attainable(DType.FLOAT32, intensity(50))).contains(Quantity.of(100e9, Unit.FLOP_PER_SECOND));
    }

    @Test
    void eightBitIntegersHaveOnePeakWhateverTheirSign() {
        assertThat(ROOF.attainable(DType.UINT8, intensity(100))).contains(Quantity.of(400e9, Unit.OP_PER_SECOND));
        assertThat(ROOF.attainable(DType.INT8, intensity(10))).contains(Quantity.of(200e9, Unit.OP_PER_SECOND));
    }

    @Test
    void aTypeWithoutAPeakHasNoneAttainableButStillMovesItsBytes() {
        assertThat(ROOF.attainable(DType.FLOAT64, intensity(1))).isEmpty();
        assertThat(least(DType.FLOAT64, 1e12, 20e6)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void theLeastTimeIsTheLongerOfComputingAndMoving() {
        assertThat(least(DType.FLOAT32, 200e6, 20e6)).isEqualTo(Duration.ofMillis(2));
        assertThat(least(DType.FLOAT32, 10e6, 20e6)).isEqualTo(Duration.ofMillis(1));
        assertThat(least(DType.FLOAT32, 0, 0)).isZero();
    }

    @Test
    void theLeastTimeIsThatOfTheAttainableRate() {
        for (double perByte : List.of(0.25, 5.0, 80.0)) {
            double bytes = 1e8;
            double rate = ROOF.attainable(DType.FLOAT32, intensity(perByte))
                    .orElseThrow()
                    .value();
            Duration least = least(DType.FLOAT32, perByte * bytes, bytes);
            assertThat(least.toNanos()).isEqualTo(Math.round(1e9 * perByte * bytes / rate));
        }
    }

    @Test
    void measuredCeilingsGiveARoofUnlessTheBandwidthIsMissing() {
        Ceiling none = new Ceiling.NotMeasurable("no kernel");
        Map<DType, Ceiling> matrix = Map.of(DType.FLOAT32, reached(90e9, Unit.FLOP_PER_SECOND), DType.BFLOAT16, none);
        Roofline roof = Roofline.of(ceilings(reached(20e9, Unit.BYTES_PER_SECOND), matrix))
                .orElseThrow();
        assertThat(roof.bandwidth().value()).isEqualTo(20e9);
        assertThat(roof.peaks()).containsOnlyKeys(DType.FLOAT32);
        assertThat(Roofline.of(ceilings(none, matrix))).isEmpty();
    }

    private static Ceiling reached(double best, Unit unit) {
        return new Ceiling.Reached(Quantity.of(best, unit), Quantity.of(best / 2, unit), 7);
    }

    private static Ceilings ceilings(Ceiling memory, Map<DType, Ceiling> matrix) {
        return new Ceilings(
                new CeilingSetup("cpu", "any", List.of(0), 1, "onnxruntime", "1"), Instant.EPOCH, memory, matrix);
    }

    private static Duration least(DType dtype, double operations, double bytes) {
        return ROOF.leastTime(dtype, Quantity.of(operations, Unit.FLOP), Quantity.of(bytes, Unit.BYTES));
    }

    private static Quantity intensity(double perByte) {
        return Quantity.of(perByte, Unit.FLOP_PER_BYTE);
    }
}
