package dev.lathe.app.variants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.VariantsFixture;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Variant;
import dev.lathe.app.variants.VariantGain.Mood;
import dev.lathe.app.variants.VariantGain.Word;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.LatencyStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the variants tree says of variants.
class VariantRowTest {
    private final Project project = VariantsFixture.project(new EncoderFixture());

    private Variant int8() {
        return project.variant(VariantsFixture.INT8).orElseThrow();
    }

    @Test
    void aMeasuredVariantSaysItsMedianSizeAndAccuracyAgainstTheOriginal() {
        VariantRow row = VariantRow.of(project, int8());
        double ratio = (double) project.source()
                        .orElseThrow()
                        .run()
                        .orElseThrow()
                        .latency()
                        .p50()
                        .toNanos()
                / int8().run().orElseThrow().latency().p50().toNanos();
        assertThat(ratio).isGreaterThan(1.1);
        assertThat(row.gain().speed()).contains(new Word(String.format("%.1f× faster", ratio), Mood.BETTER));
        assertThat(row.gain().size()).contains(new Word("0.25×", Mood.BETTER));
        assertThat(row.gain().accuracy()).contains(new Word("cosine 0.983", Mood.NEITHER));
        assertThat(row.mb()).isEqualTo("22.9");
    }

    @Test
    void runsAtOtherSizesAreNoSpeedUpButSaySo() {
        Variant elsewhere = int8().withRun(VariantsFixture.at(int8().run().orElseThrow(), "batch", 1));
        assertThat(VariantRow.of(project, elsewhere).gain().speed()).contains(new Word("other sizes", Mood.NEITHER));
    }

    @Test
    void whatWasNotMeasuredIsNotSaid() {
        VariantRow half =
                VariantRow.of(project, project.variant(VariantsFixture.HALF).orElseThrow());
        assertThat(half.ms()).isEqualTo("—");
        assertThat(half.gain().speed()).isEmpty();
        assertThat(half.gain().accuracy()).isEmpty();
        assertThat(half.gain().size()).contains(new Word("0.50×", Mood.BETTER));
        assertThat(VariantRow.of(project, project.source().orElseThrow()).gain().isEmpty())
                .isTrue();
    }

    @Test
    void aSlowerVariantIsCalledSlowerAndANoiseNeither() {
        assertThat(VariantGain.speed(0.69)).isEqualTo(new Word("1.4× slower", Mood.WORSE));
        assertThat(VariantGain.speed(1.05)).isEqualTo(new Word("1.05× faster", Mood.BETTER));
        assertThat(VariantGain.speed(12.34)).isEqualTo(new Word("12× faster", Mood.BETTER));
        assertThat(VariantGain.speed(0.99)).isEqualTo(new Word("same speed", Mood.NEITHER));
    }

    @Test
    void mediansOfFewOrUnsteadyRunsAreNoGain() {
        LatencyStats steady = latency(50, 10, 11, 9);
        assertThat(VariantGain.speed(steady, latency(50, 5, 6, 5))).isEqualTo(new Word("2.0× faster", Mood.BETTER));
        assertThat(VariantGain.speed(steady, latency(3, 5, 6, 5))).isEqualTo(new Word("few runs", Mood.NEITHER));
        assertThat(VariantGain.speed(steady, latency(50, 5, 12, 5))).isEqualTo(new Word("unsteady", Mood.NEITHER));
        assertThat(VariantGain.speed(latency(50, 10, 11, 1), steady).mood()).isEqualTo(Mood.NEITHER);
    }

    private static LatencyStats latency(int runs, long p50, long p90, long min) {
        return new LatencyStats(
                runs,
                Duration.ofMillis(p50),
                Duration.ofMillis(p90),
                Duration.ofMillis(p90),
                Duration.ofMillis(p50),
                Duration.ofMillis(min),
                Duration.ofMillis(p90));
    }

    @Test
    void outputsThatAreNotFiniteComeBeforeACosine() {
        Variant broken = int8().withDifferences(List.of(
                new OutputDifference("a", 0.99, 20, 1, 100, 0), new OutputDifference("b", 0.98, 20, 1, 100, 12)));
        assertThat(VariantRow.of(project, broken).gain().accuracy())
                .contains(new Word("12 values not finite", Mood.WORSE));
        Variant undefined = int8().withDifferences(List.of(new OutputDifference("a", Double.NaN, 20, 1, 100, 0)));
        assertThat(VariantRow.of(project, undefined).gain().accuracy()).isEqualTo(Optional.empty());
    }

    @Test
    void smallFilesAreToldInAsFewCharactersAsTheColumnHolds() {
        assertThat(VariantRow.megabytes(222)).isEqualTo("<0.001");
        assertThat(VariantRow.megabytes(6_250)).isEqualTo("0.0063");
        assertThat(VariantRow.megabytes(66_260)).isEqualTo("0.0663");
        assertThat(VariantRow.megabytes(90_387_630)).isEqualTo("90.4");
    }
}
