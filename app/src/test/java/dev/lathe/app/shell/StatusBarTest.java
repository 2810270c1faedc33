package dev.lathe.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The words of the status bar.
class StatusBarTest {
    @Test
    void theProfilersCostIsWordsThatASmallModelDoesNotMakeAbsurd() {
        assertThat(StatusBar.overhead(5.63)).isEqualTo("profiler overhead 5.6 %, not in the numbers");
        assertThat(StatusBar.overhead(0)).isEqualTo("no profiler overhead");
        assertThat(StatusBar.overhead(350)).isEqualTo("profiled runs made the loop 4.5× as long; not in the numbers");
        assertThat(StatusBar.overhead(Double.NaN)).isEmpty();
    }

    @Test
    void oneRunIsNoPlural() {
        assertThat(StatusBar.counted(1)).isEqualTo("1 run");
        assertThat(StatusBar.counted(20)).isEqualTo("20 runs");
    }
}
