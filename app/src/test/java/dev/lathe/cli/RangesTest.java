package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RangesTest {
    @Test
    void neighboursAreOneRangeFromThreeOn() {
        assertThat(Ranges.words(List.of(1, 2, 3, 5, 6, 9))).isEqualTo("1–3, 5, 6, 9");
        assertThat(Ranges.words(List.of(4))).isEqualTo("4");
        assertThat(Ranges.words(List.of())).isEqualTo("none");
    }
}
