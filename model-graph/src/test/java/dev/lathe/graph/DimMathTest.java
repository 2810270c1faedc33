package dev.lathe.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DimMathTest {
    private static final Dim S = Dim.symbol("s");
    private static final Dim T = Dim.symbol("t");

    @Test
    void equalAmountsAreEqualObjects() {
        assertThat(DimMath.sub(DimMath.add(S, 2), 2)).isEqualTo(S);
        assertThat(DimMath.floorDiv(DimMath.mul(S, 2), 2)).isEqualTo(S);
        assertThat(DimMath.add(S, T)).isEqualTo(DimMath.add(T, S));
        assertThat(DimMath.mul(DimMath.add(S, 1), T)).isEqualTo(DimMath.add(DimMath.mul(T, S), T));
        assertThat(DimMath.sub(S, S)).isEqualTo(Dim.of(0));
        assertThat(DimMath.ceilDiv(S, 2)).isEqualTo(DimMath.floorDiv(DimMath.add(S, 1), 2));
    }

    @Test
    void aChainOfStridedWindowsIsOneDivision() {
        Dim once = DimMath.add(DimMath.floorDiv(DimMath.sub(S, 1), 2), 1);
        Dim twice = DimMath.add(DimMath.floorDiv(DimMath.sub(once, 1), 2), 1);
        assertThat(twice).isEqualTo(DimMath.ceilDiv(S, 4));
    }

    @Test
    void aProductOfShapesDividesByOneOfItsFactors() {
        Dim total = DimMath.mul(DimMath.mul(DimMath.add(S, 2), T), 384);
        assertThat(DimMath.floorDiv(total, DimMath.mul(DimMath.add(S, 2), T))).isEqualTo(Dim.of(384));
        assertThat(DimMath.floorDiv(total, DimMath.mul(T, 12))).isEqualTo(DimMath.add(DimMath.mul(S, 32), 64));
    }

    @Test
    void minimumAndMaximumAreDecidedWhereTheDifferenceHasASign() {
        assertThat(DimMath.max(S, DimMath.sub(S, 3))).isEqualTo(S);
        assertThat(DimMath.min(S, DimMath.sub(S, 3))).isEqualTo(DimMath.sub(S, 3));
        assertThat(DimMath.max(S, Dim.of(0))).isEqualTo(S);
        assertThat(DimMath.max(S, T)).isEqualTo(DimMath.max(T, S)).isInstanceOf(Dim.Expr.class);
    }

    @Test
    void whatDoesNotFitSixtyFourBitsIsUnknown() {
        Dim big = Dim.of(Long.MAX_VALUE);
        assertThat(DimMath.add(big, 1)).isEqualTo(Dim.unknown());
        assertThat(DimMath.mul(big, 2)).isEqualTo(Dim.unknown());
        assertThat(DimMath.mul(DimMath.mul(S, big), 2)).isEqualTo(Dim.unknown());
        assertThat(DimMath.floorDiv(S, 0)).isEqualTo(Dim.unknown());
        assertThat(DimMath.mod(S, Dim.of(0))).isEqualTo(Dim.unknown());
        assertThat(DimMath.add(Dim.unknown(), 1)).isEqualTo(Dim.unknown());
    }

    @Test
    void randomExpressionsHaveTheValueThatPlainArithmeticGives() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            Map<String, Long> sizes = Map.of("s", 1L + random.nextInt(40), "t", 1L + random.nextInt(40));
            Sample sample = sample(random, 4, sizes);
            Dim value = DimMath.substitute(sample.dim(), sizes);
            assertThat(value).as("%s with %s", sample.dim(), sizes).isEqualTo(Dim.of(sample.value()));
        }
    }

    @Test
    void theShortWaysToAddAndMultiplyGiveWhatTheLongOnesDo() {
        Random random = new Random(11);
        Map<String, Long> sizes = Map.of("s", 3L, "t", 5L);
        for (int round = 0; round < 5_000; round++) {
            Dim d = sample(random, 4, sizes).dim();
            long k = random.nextInt(-5, 6);
            Dim terms = Polynomial.of(k).times(Polynomial.of(d)).toDim();
            assertThat(DimMath.mul(d, k)).as("%s times %s", k, d).isEqualTo(terms);
            Dim sum = Polynomial.of(d).plus(Polynomial.of(k), 1).toDim();
            assertThat(DimMath.add(d, k)).as("%s and %s", k, d).isEqualTo(sum);
            assertThat(DimMath.add(Dim.of(k), d)).as("%s and %s", k, d).isEqualTo(sum);
            assertThat(DimMath.product(java.util.List.of(Dim.of(k), d, Dim.of(2))))
                    .isEqualTo(DimMath.mul(terms, 2));
            Dim e = sample(random, 3, sizes).dim();
            assertThat(DimMath.mul(d, e))
                    .isEqualTo(Polynomial.of(d).times(Polynomial.of(e)).toDim());
            assertThat(DimMath.sum(java.util.List.of(d, Dim.of(k), e, Dim.of(2))))
                    .isEqualTo(DimMath.add(DimMath.add(d, e), k + 2));
            assertThat(DimMath.sum(java.util.List.of(d))).isEqualTo(d);
        }
    }

    @Test
    void substitutingOneSymbolKeepsTheOther() {
        Dim d = DimMath.add(DimMath.mul(S, T), DimMath.floorDiv(S, 3));
        assertThat(DimMath.substitute(d, Map.of("s", 6L))).isEqualTo(DimMath.add(DimMath.mul(T, 6), 2));
    }

    /// A random expression built by the arithmetic under test, and its value by plain arithmetic.
    private record Sample(Dim dim, long value) {}

    private static Sample sample(Random random, int depth, Map<String, Long> sizes) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Sample(S, sizes.get("s"));
                case 1 -> new Sample(T, sizes.get("t"));
                default -> {
                    long n = random.nextInt(12) - 3;
                    yield new Sample(Dim.of(n), n);
                }
            };
        }
        Sample a = sample(random, depth - 1, sizes);
        Sample b = sample(random, depth - 1, sizes);
        long k = 1 + random.nextInt(6);
        return switch (random.nextInt(9)) {
            case 0 -> new Sample(DimMath.add(a.dim(), b.dim()), a.value() + b.value());
            case 1 -> new Sample(DimMath.sub(a.dim(), b.dim()), a.value() - b.value());
            case 2 -> new Sample(DimMath.mul(a.dim(), b.dim()), a.value() * b.value());
            case 3 -> new Sample(DimMath.floorDiv(a.dim(), k), Math.floorDiv(a.value(), k));
            case 4 -> new Sample(DimMath.ceilDiv(a.dim(), k), Math.ceilDiv(a.value(), k));
            case 5 -> new Sample(DimMath.mod(a.dim(), Dim.of(k)), Math.floorMod(a.value(), k));
            case 6 -> new Sample(DimMath.max(a.dim(), positive(b)), Math.max(a.value(), plain(b)));
            case 7 -> new Sample(DimMath.min(a.dim(), b.dim()), Math.min(a.value(), b.value()));
            default -> new Sample(DimMath.floorDiv(a.dim(), T), Math.floorDiv(a.value(), sizes.get("t")));
        };
    }

    private static Dim positive(Sample b) {
        return DimMath.add(b.dim(), 1);
    }

    private static long plain(Sample b) {
        return b.value() + 1;
    }
}
