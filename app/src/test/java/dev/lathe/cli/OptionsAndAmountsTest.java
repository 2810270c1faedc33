package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.LatheException;
import org.junit.jupiter.api.Test;

/// How many threads a run may be given, and how amounts are written.
class OptionsAndAmountsTest {
    @Test
    void fromOneToFourForEachCoreAreTaken() {
        for (int threads : new int[] {1, 2, 8}) {
            assertThatCode(() -> TargetOptions.check(threads, 2)).doesNotThrowAnyException();
        }
    }

    @Test
    void noneAndManyMoreThanTheMachineHasCoresAreRefused() {
        assertThatThrownBy(() -> TargetOptions.check(0, 2))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("at least one thread");
        assertThatThrownBy(() -> TargetOptions.check(-3, 2)).isInstanceOf(LatheException.class);
        assertThatThrownBy(() -> TargetOptions.check(9, 2))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("at most 8 threads");
    }

    @Test
    void aLargerFileIsNotCalledTheSameSize() {
        assertThat(OptimizeCommand.ratio(585_532, 586_060)).isEqualTo("528 B larger");
        assertThat(OptimizeCommand.ratio(586_060, 585_532)).isEqualTo("528 B smaller");
        assertThat(OptimizeCommand.ratio(1000, 1000)).isEqualTo("the same size");
        assertThat(OptimizeCommand.ratio(4000, 1000)).isEqualTo("4.00× smaller");
    }

    @Test
    void aTimeIsInTheUnitThatShowsItsDigits() {
        assertThat(Amounts.time(java.time.Duration.ofNanos(31))).isEqualTo("31 ns");
        assertThat(Amounts.time(java.time.Duration.ofNanos(8_304))).isEqualTo("8.30 µs");
        assertThat(Amounts.time(java.time.Duration.ofNanos(1_340_000))).isEqualTo("1.34 ms");
        assertThat(Amounts.time(java.time.Duration.ZERO)).isEqualTo("0.0000 ms");
        assertThat(Amounts.share(0.0001)).isEqualTo("< 0.1 %");
        assertThat(Amounts.share(0)).isEqualTo("0.0 %");
        assertThat(Amounts.share(0.156)).isEqualTo("15.6 %");
    }
}
