package dev.lathe.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// The numbers and words of the comparison's table.
class CompareFiguresTest {
    private static CompareRow row(double millisA, double millisB, String change) {
        return new CompareRow(
                "l",
                Optional.empty(),
                OptionalDouble.of(millisA * 1e6),
                OptionalDouble.of(millisB * 1e6),
                0,
                0,
                change);
    }

    @Test
    void aColumnHasTheSameDecimalsInEveryRow() {
        CompareFigures some = CompareFigures.of(List.of(row(40.312, 0.442, ""), row(1, 2, "")));
        assertThat(some.time(OptionalDouble.of(40.312e6))).isEqualTo("40.31");
        assertThat(some.time(OptionalDouble.of(0.442e6))).isEqualTo("0.44");
        assertThat(some.timeChange(-39.87e6)).isEqualTo("−39.87");
        assertThat(some.timeChange(1e3)).isEqualTo("0.00");
        CompareFigures small = CompareFigures.of(List.of(row(1.17, 0.238, "")));
        assertThat(small.time(OptionalDouble.of(1.17e6))).isEqualTo("1.170");
        assertThat(small.timeChange(0)).isEqualTo("0.000");
        assertThat(small.time(OptionalDouble.empty())).isEqualTo("—");
    }

    @Test
    void noughtIsWrittenLikeItsNeighbours() {
        CompareFigures large = CompareFigures.of(List.of(bytes(5 << 20, 4)));
        assertThat(large.bytesUnit()).isEqualTo("MiB");
        assertThat(large.bytes(0)).isEqualTo("0.00");
        assertThat(large.bytes(4)).isEqualTo("0.00");
        assertThat(large.bytesChange(-4)).isEqualTo("0.00");
        assertThat(large.bytesChange(-(1 << 20))).isEqualTo("−1.00");
    }

    @Test
    void layersOfFewBytesAreToldApartInSmallerUnits() {
        CompareFigures small = CompareFigures.of(List.of(bytes(40_000, 10_000), bytes(640, 0)));
        assertThat(small.bytesUnit()).isEqualTo("KiB");
        assertThat(small.bytes(40_000)).isEqualTo("39.06");
        assertThat(small.bytesChange(-30_000)).isEqualTo("−29.30");
        assertThat(CompareFigures.of(List.of()).bytesUnit()).isEqualTo("MiB");
    }

    private static CompareRow bytes(double a, double b) {
        return new CompareRow("l", Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(), a, b, "");
    }

    @Test
    void whatBecameOfALayersNodesIsExplainedInASentence() {
        assertThat(row(1, 1, "2 → 6 split up").changeSentence()).contains("2 nodes are 6 in the right variant");
        assertThat(row(1, 1, "5 → 1 fused").changeSentence()).contains("5 nodes do their work in 1");
        assertThat(row(1, 1, "3 → 0 removed").changeSentence()).contains("no longer");
        assertThat(row(1, 1, "0 → 1 added").changeSentence()).isEqualTo("Only in the right variant: 1 node.");
        assertThat(row(1, 1, "").changeSentence()).isEmpty();
    }
}
