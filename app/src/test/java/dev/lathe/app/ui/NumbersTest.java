package dev.lathe.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void timesHaveThreeDigitsAndTheUnitThatFits() {
        assertThat(Numbers.time(Duration.ofNanos(19_312_000))).isEqualTo("19.3 ms");
        assertThat(Numbers.time(Duration.ofNanos(946_400))).isEqualTo("0.946 ms");
        assertThat(Numbers.time(Duration.ofNanos(3_100_000))).isEqualTo("3.10 ms");
        assertThat(Numbers.time(Duration.ofNanos(14_230))).isEqualTo("14.2 µs");
        assertThat(Numbers.time(Duration.ofNanos(946))).isEqualTo("946 ns");
        assertThat(Numbers.time(Duration.ofMillis(2_413))).isEqualTo("2.41 s");
        assertThat(Numbers.time(Duration.ofSeconds(725))).isEqualTo("12 min 5 s");
        assertThat(Numbers.time(Duration.ZERO)).isEqualTo("0 ms");
    }

    @Test
    void roundingMovesToTheNextUnitInsteadOfAThousand() {
        assertThat(Numbers.time(Duration.ofNanos(999_600_000))).isEqualTo("1.00 s");
        assertThat(Numbers.nanos(999.7)).isEqualTo("1.00 µs");
        assertThat(Numbers.fileSize(999_900)).isEqualTo("1.00 MB");
        assertThat(Numbers.flops(999.9e6)).isEqualTo("1.00 GFLOP");
    }

    @Test
    void minusIsATrueMinusAndThousandsAreThin() {
        assertThat(Numbers.timeChange(Duration.ofNanos(-510_000))).isEqualTo("\u22120.510 ms");
        assertThat(Numbers.change(-0.024)).isEqualTo("\u22122.4 %");
        assertThat(Numbers.change(0.0301)).isEqualTo("+3.0 %");
        assertThat(Numbers.change(-0.0001)).isEqualTo("0.0 %");
        assertThat(Numbers.grouped(-589_824)).isEqualTo("\u2212589\u2009824");
        assertThat(Numbers.grouped(1_190)).isEqualTo("1\u2009190");
        assertThat(Numbers.grouped(999)).isEqualTo("999");
    }

    @Test
    void filesAreInMegabytesAndTensorsInMebibytes() {
        assertThat(Numbers.fileSize(90_387_606)).isEqualTo("90.4 MB");
        assertThat(Numbers.bytes(1536 * 384 * 4)).isEqualTo("2.25 MiB");
        assertThat(Numbers.bytes(128 * 384 * 4)).isEqualTo("192 KiB");
        assertThat(Numbers.bytes(640)).isEqualTo("640 B");
    }

    @Test
    void sharesHaveOneDecimalAndTwoDigitsBelowAPercent() {
        assertThat(Numbers.share(0.163)).isEqualTo("16.3 %");
        assertThat(Numbers.share(1)).isEqualTo("100.0 %");
        assertThat(Numbers.share(0.0017)).isEqualTo("0.17 %");
        assertThat(Numbers.share(0.00996)).isEqualTo("1.0 %");
        assertThat(Numbers.share(0)).isEqualTo("0 %");
        assertThat(Numbers.share(0.00001)).isEqualTo("< 0.01 %");
    }

    @Test
    void workAndRatesHaveDecimalPrefixes() {
        assertThat(Numbers.flops(150_994_944)).isEqualTo("151 MFLOP");
        assertThat(Numbers.flops(2.87e9)).isEqualTo("2.87 GFLOP");
        assertThat(Numbers.flopRate(160e9)).isEqualTo("160 GFLOP/s");
        assertThat(Numbers.count(22_713_216)).isEqualTo("22.7 M");
        assertThat(Numbers.quantity(Quantity.of(45.2, Unit.FLOP_PER_BYTE))).isEqualTo("45.2 FLOP/B");
    }

    @Test
    void anUnknownAmountIsADashAndAnEstimateHasATilde() {
        assertThat(Numbers.known(Numbers.amount(Dim.unknown()), Numbers::flops)).isEqualTo("—");
        assertThat(Numbers.known(Numbers.amount(Dim.of(2_000)), Numbers::flops)).isEqualTo("2.00 kFLOP");
        assertThat(Numbers.estimate("8.1")).isEqualTo("~8.1");
        assertThat(Numbers.estimate("—")).isEqualTo("—");
    }

    @Test
    void shapesAreWrittenWithCrosses() {
        assertThat(Numbers.shape(Shape.of(1, 128, 384))).isEqualTo("1×128×384");
        assertThat(Numbers.shape(Shape.of(List.of(Dim.symbol("batch"), Dim.unknown()))))
                .isEqualTo("batch×?");
        assertThat(Numbers.shape(Shape.unranked())).isEqualTo("—");
        assertThat(Numbers.shape(Shape.of())).isEqualTo("scalar");
    }

    @Test
    void qualityIsNeverRoundedUpToPerfect() {
        assertThat(Numbers.cosine(0.99997)).isEqualTo("0.999");
        assertThat(Numbers.cosine(1)).isEqualTo("1.000");
        assertThat(Numbers.decibel(20.13)).isEqualTo("20.1 dB");
    }
}
