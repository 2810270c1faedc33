package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Whom the time outside the layers is put down to.
class OutsideLayersTest {
    private static OutsideLayers of(long outsideMillis, long totalMillis, double coverage) {
        return OutsideLayers.of(
                Duration.ofMillis(outsideMillis), Duration.ofMillis(totalMillis), OptionalDouble.of(coverage));
    }

    @Test
    void whatTheProfiledRunsShowTooIsTheRuntimes() {
        assertThat(of(2, 100, 0.98)).isInstanceOf(OutsideLayers.Runtime.class);
        assertThat(of(30, 100, 0.7)).isInstanceOf(OutsideLayers.Runtime.class);
        assertThat(of(0, 100, 0.7)).isInstanceOf(OutsideLayers.Runtime.class);
        assertThat(of(2, 100, 0.98).title()).contains("the runtime itself");
    }

    @Test
    void whatTheyDoNotShowIsNotBlamedOnIt() {
        assertThat(of(105, 188, 0.996)).isInstanceOfSatisfying(OutsideLayers.Unsteady.class, u -> {
            assertThat(u.ratio()).isCloseTo(2.256, within(0.01));
            assertThat(u.title()).doesNotContain("runtime");
        });
        assertThat(of(7, 100, 0.99)).isInstanceOf(OutsideLayers.Unsteady.class);
    }

    @Test
    void anEngineWithoutAClockOfItsOwnContradictsNothing() {
        assertThat(OutsideLayers.of(Duration.ofMillis(50), Duration.ofMillis(100), OptionalDouble.empty()))
                .isInstanceOf(OutsideLayers.Runtime.class);
    }

    @Test
    void nothingAtAllIsNothing() {
        assertThat(OutsideLayers.of(Duration.ZERO, Duration.ZERO, OptionalDouble.of(1)))
                .isEqualTo(new OutsideLayers.Runtime(Duration.ZERO));
    }
}
