package dev.lathe.graph.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeNumbersTest {
    private static final Dim MOST = Dim.of(Long.MAX_VALUE);
    private static final Dim LEAST = Dim.of(Long.MIN_VALUE);
    private static final Dim YES = Dim.of(1);
    private static final Dim NO = Dim.of(0);

    @Test
    void divisionOfAnOpenAmountIsTowardsZeroWhateverItsSignTurnsOutToBe() {
        for (int b = -5; b <= 5; b++) {
            Dim open = WholeNumbers.truncatedDiv(DimMath.sub(Dim.symbol("s"), 20), Dim.of(b));
            for (int a = -20; a <= 20 && b != 0; a++) {
                Dim wanted = Dim.of(a / b);
                assertThat(WholeNumbers.truncatedDiv(Dim.of(a), Dim.of(b))).isEqualTo(wanted);
                assertThat(DimMath.substitute(open, Map.of("s", a + 20L)))
                        .as("%d / %d", a, b)
                        .isEqualTo(wanted);
            }
        }
    }

    @Test
    void whatMayBeBelowZeroIsNoComparison() {
        Dim s = Dim.symbol("s");
        Dim less = DimMath.min(DimMath.sub(s, 5), YES);
        assertThat(WholeNumbers.either(less, s, Dim.of(5))).isEqualTo(Dim.unknown());
        assertThat(WholeNumbers.either(WholeNumbers.greater(s, Dim.of(5)), s, Dim.of(5)))
                .isEqualTo(DimMath.max(s, Dim.of(5)));
        assertThat(WholeNumbers.either(WholeNumbers.greater(DimMath.add(s, 5), Dim.of(5)), s, NO))
                .isEqualTo(s);
    }

    @Test
    void anOpenDivisorDividesTowardsZeroToo() {
        Dim open = WholeNumbers.truncatedDiv(DimMath.sub(Dim.symbol("s"), 20), Dim.symbol("t"));
        for (long a = -20; a <= 20; a++) {
            for (long b = 1; b <= 5; b++) {
                assertThat(DimMath.substitute(open, Map.of("s", a + 20, "t", b)))
                        .as("%d / %d", a, b)
                        .isEqualTo(Dim.of(a / b));
            }
        }
    }

    @Test
    void numbersAreComparedUpToTheLargestThereIs() {
        assertThat(WholeNumbers.greater(MOST, Dim.of(-1))).isEqualTo(YES);
        assertThat(WholeNumbers.greater(LEAST, MOST)).isEqualTo(NO);
        assertThat(WholeNumbers.atLeast(MOST, Dim.of(5))).isEqualTo(YES);
        assertThat(WholeNumbers.atLeast(MOST, MOST)).isEqualTo(YES);
        assertThat(WholeNumbers.atLeast(LEAST, MOST)).isEqualTo(NO);
        assertThat(WholeNumbers.compare(MOST, Dim.of(-1), (a, b) -> a == b)).isEqualTo(NO);
        assertThat(WholeNumbers.compare(LEAST, LEAST, (a, b) -> a == b)).isEqualTo(YES);
    }
}
