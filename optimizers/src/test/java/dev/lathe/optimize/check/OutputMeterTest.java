package dev.lathe.optimize.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.profile.engine.HostTensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputMeterTest {
    private static HostTensor floats(float... values) {
        return HostTensor.of(
                DType.FLOAT32,
                List.of((long) values.length),
                Elements.float32(List.of(), values).data().bytes());
    }

    private static OutputDifference compared(HostTensor a, HostTensor b) throws LatheException {
        OutputMeter meter = new OutputMeter("y");
        meter.add(a, b);
        return meter.result();
    }

    @Test
    void integersBeyondWhatADoubleHoldsThatDifferByOneDiffer() throws Exception {
        HostTensor a = HostTensor.of(
                DType.INT64,
                List.of(1L),
                Elements.int64(List.of(), new long[] {1L << 53}).data().bytes());
        HostTensor b = HostTensor.of(
                DType.INT64,
                List.of(1L),
                Elements.int64(List.of(), new long[] {(1L << 53) + 1}).data().bytes());
        assertThat(compared(a, b).maxAbs()).isEqualTo(1);
        assertThat(compared(a, b).sqnrDb()).isFinite();
        assertThat(compared(a, a).maxAbs()).isZero();
    }

    @Test
    void theNumbersAreThoseOfTheFormulas() throws Exception {
        Random random = new Random(3);
        float[] a = new float[1000];
        float[] b = new float[1000];
        double dot = 0;
        double aa = 0;
        double bb = 0;
        double noise = 0;
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) random.nextGaussian();
            b[i] = a[i] + (float) random.nextGaussian() * 0.1f;
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
            noise += Math.pow((double) a[i] - b[i], 2);
            most = Math.max(most, Math.abs((double) a[i] - b[i]));
        }
        OutputDifference d = compared(floats(a), floats(b));
        assertThat(d.cosine()).isCloseTo(dot / Math.sqrt(aa) / Math.sqrt(bb), within(1e-12));
        assertThat(d.sqnrDb()).isCloseTo(10 * Math.log10(aa / noise), within(1e-9));
        assertThat(d.maxAbs()).isEqualTo(most);
        assertThat(d.elements()).isEqualTo(1000);
    }

    @Test
    void equalOutputsDifferByNothingEvenWhereTheyAreNotNumbers() throws Exception {
        float inf = Float.POSITIVE_INFINITY;
        assertThat(compared(floats(1, Float.NaN, inf, 0), floats(1, Float.NaN, inf, 0)))
                .isEqualTo(new OutputDifference("y", 1, Double.POSITIVE_INFINITY, 0, 4, 2));
    }

    @Test
    void aNanOnOneSideOnlyIsTheWorstDifference() throws Exception {
        OutputDifference d = compared(floats(1, 2), floats(1, Float.NaN));
        assertThat(d.cosine()).isEqualTo(-1);
        assertThat(d.maxAbs()).isInfinite();
        assertThat(d.nonFinite()).isEqualTo(1);
    }

    @Test
    void theWorstSampleCounts() throws Exception {
        OutputMeter meter = new OutputMeter("y");
        meter.add(floats(1, 0), floats(1, 0));
        meter.add(floats(1, 0), floats(0, 1));
        meter.add(floats(1, 0), floats(1, 0));
        assertThat(meter.result().cosine()).isEqualTo(0);
        assertThat(meter.result().maxAbs()).isEqualTo(1);
    }

    @Test
    void wholeNumbersAreComparedAsNumbersAndHalvesWithFloats() throws Exception {
        HostTensor a = HostTensor.of(
                DType.INT64,
                List.of(2L),
                Elements.int64(List.of(2L), new long[] {3, 4}).data().bytes());
        HostTensor b = HostTensor.of(
                DType.INT64,
                List.of(2L),
                Elements.int64(List.of(2L), new long[] {3, 6}).data().bytes());
        assertThat(compared(a, b).maxAbs()).isEqualTo(2);
        HostTensor half = HostTensor.of(
                DType.FLOAT16, List.of(1L), Elements.halves(floats(1.5f).bytes()));
        assertThat(compared(floats(1.5f), half).cosine()).isEqualTo(1);
    }

    @Test
    void outputsOfDifferentShapeAreNotCompared() {
        assertThatThrownBy(() -> compared(floats(1, 2), floats(1)))
                .hasMessageContaining("[2]")
                .hasMessageContaining("'y'");
    }
}
