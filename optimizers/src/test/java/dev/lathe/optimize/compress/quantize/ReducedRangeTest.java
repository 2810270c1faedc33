package dev.lathe.optimize.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Severity;
import org.junit.jupiter.api.Test;

class ReducedRangeTest {
    @Test
    void autoFollowsTheProcessor() {
        assertThat(new ReducedRange("auto", true).isWanted()).isTrue();
        assertThat(new ReducedRange("auto", false).isWanted()).isFalse();
    }

    @Test
    void whatTheUserSaysCountsOnEveryProcessor() {
        for (boolean clips : new boolean[] {true, false}) {
            assertThat(new ReducedRange("true", clips).isWanted()).isTrue();
            assertThat(new ReducedRange("false", clips).isWanted()).isFalse();
        }
    }

    @Test
    void fullProductsOnAProcessorThatClipsAreAWarningAndSevenBitsARemark() {
        assertThat(new ReducedRange("false", true).remark("p"))
                .hasValueSatisfying(d -> assertThat(d.severity()).isEqualTo(Severity.WARNING));
        assertThat(new ReducedRange("auto", true).remark("p"))
                .hasValueSatisfying(d -> assertThat(d.severity()).isEqualTo(Severity.INFO));
        assertThat(new ReducedRange("true", true).remark("p")).isEmpty();
        assertThat(new ReducedRange("auto", false).remark("p")).isEmpty();
    }
}
