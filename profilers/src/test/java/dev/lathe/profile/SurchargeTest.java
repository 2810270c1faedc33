package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The time per kernel by which loads are shortened so that together they take what was measured without the profiler.
class SurchargeTest {
    private static final int SEEDS = 300;

    private static double sum(List<Surcharge.Load> loads, double perKernel) {
        return loads.stream().mapToDouble(l -> l.without(perKernel)).sum();
    }

    private static List<Surcharge.Load> loads(Random random) {
        List<Surcharge.Load> loads = new ArrayList<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            // From nothing to seconds, layers without a kernel, parts of shared kernels, and many turns of a loop.
            double nanos = random.nextInt(5) == 0 ? 0 : Math.pow(10, 9 * random.nextDouble());
            double kernels = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> random.nextDouble();
                case 2 -> 1;
                default -> 1 + random.nextInt(500);
            };
            loads.add(new Surcharge.Load(nanos, kernels));
        }
        return loads;
    }

    @Test
    void withNoKernelsNothingIsTaken() {
        assertThat(Surcharge.perKernel(List.of(), 1000, 500)).isZero();
        assertThat(Surcharge.perKernel(List.of(), 0, 500)).isZero();
    }

    @Test
    void loadsThatTakeNoLongerThanTheTargetAreLeftAsTheyAre() {
        List<Surcharge.Load> loads = List.of(new Surcharge.Load(400, 1), new Surcharge.Load(600, 3));
        assertThat(Surcharge.perKernel(loads, 1000, 500)).isZero();
        assertThat(Surcharge.perKernel(loads, 2000, 500)).isZero();
    }

    @Test
    void ofOneKernelTheWholeExcessIsTaken() {
        assertThat(Surcharge.perKernel(List.of(new Surcharge.Load(1500, 1)), 1000, 800))
                .isCloseTo(500, within(1e-6));
    }

    @Test
    void whereTheExcessIsMoreThanTheProfilerCanHaveAddedOnlyThatIsTaken() {
        assertThat(Surcharge.perKernel(List.of(new Surcharge.Load(1500, 1)), 1000, 300))
                .isEqualTo(300);
        assertThat(Surcharge.perKernel(List.of(new Surcharge.Load(1500, 1)), 1000, 0))
                .isZero();
    }

    @Test
    void aLayerWithoutKernelsKeepsItsTime() {
        // What a Loop itself takes: its body's kernels are other layers'.
        assertThat(new Surcharge.Load(700, 0).without(1e9)).isEqualTo(700);
        assertThat(Surcharge.perKernel(List.of(new Surcharge.Load(700, 0)), 100, 50))
                .as("nothing is gained, and nothing is lost")
                .isEqualTo(50);
    }

    @Test
    void aKernelShorterThanTheSurchargeKeepsATenthAndTheOthersGiveWhatItCannot() {
        // 100 + 1000 + 1000 to 1000: of the first 10 are left, so the others give 505 each.
        List<Surcharge.Load> loads =
                List.of(new Surcharge.Load(100, 1), new Surcharge.Load(1000, 1), new Surcharge.Load(1000, 1));
        double perKernel = Surcharge.perKernel(loads, 1000, 5000);
        assertThat(perKernel).isCloseTo(505, within(1e-6));
        assertThat(loads.getFirst().without(perKernel)).isEqualTo(10);
    }

    @Test
    void theShortestKernelBearsOutNoMoreThanItTook() {
        List<Surcharge.Load> loads = List.of(
                new Surcharge.Load(9000, 1),
                new Surcharge.Load(1500, 0.5),
                new Surcharge.Load(8000, 2),
                new Surcharge.Load(700, 0));
        assertThat(Surcharge.borneOutBy(loads)).isEqualTo(3000);
        assertThat(Surcharge.borneOutBy(List.of())).isZero();
        assertThat(Surcharge.borneOutBy(List.of(new Surcharge.Load(700, 0)))).isZero();
    }

    @Test
    void aSharedKernelIsShortenedOnceAndNotOnceForEveryLayer() {
        // One kernel of 900 ns that three layers share, and one of 300 ns of a layer alone.
        List<Surcharge.Load> loads = List.of(
                new Surcharge.Load(450, 0.5),
                new Surcharge.Load(225, 0.25),
                new Surcharge.Load(225, 0.25),
                new Surcharge.Load(300, 1));
        double perKernel = Surcharge.perKernel(loads, 1000, 5000);
        assertThat(perKernel).isCloseTo(100, within(1e-6));
        assertThat(loads.stream()
                        .limit(3)
                        .mapToDouble(l -> l.without(perKernel))
                        .sum())
                .isCloseTo(800, within(1e-6));
    }

    @Test
    void whateverTheLoadsTimesStayPositiveAndTheTargetIsReachedWhereItCanBe() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Surcharge.Load> loads = loads(random);
            double whole = sum(loads, 0);
            double target = whole * 1.5 * random.nextDouble();
            double most = Math.pow(10, 7 * random.nextDouble());
            double perKernel = Surcharge.perKernel(loads, target, most);
            assertThat(perKernel).as("seed %d", seed).isBetween(0.0, most);
            assertThat(loads)
                    .as("seed %d", seed)
                    .allSatisfy(l -> assertThat(l.without(perKernel)).isBetween(l.nanos() / 10, l.nanos()));
            double left = sum(loads, perKernel);
            if (whole <= target) {
                assertThat(left).as("seed %d", seed).isEqualTo(whole);
            } else if (perKernel < most) {
                assertThat(left).as("seed %d", seed).isCloseTo(target, within(1e-6 * whole + 0.01));
            } else {
                assertThat(left).as("seed %d", seed).isGreaterThanOrEqualTo(target - 0.01);
            }
        }
    }

    @Test
    void theOrderOfTheLoadsDoesNotMatter() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Surcharge.Load> loads = loads(random);
            double target = sum(loads, 0) * random.nextDouble();
            double once = Surcharge.perKernel(loads, target, 1e6);
            List<Surcharge.Load> shuffled = new ArrayList<>(loads);
            Collections.shuffle(shuffled, random);
            assertThat(Surcharge.perKernel(shuffled, target, 1e6))
                    .as("seed %d", seed)
                    .isCloseTo(once, within(1e-3));
        }
    }

    @Test
    void moreExcessIsNeverAnsweredWithASmallerSurcharge() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Surcharge.Load> loads = loads(random);
            double before = 0;
            for (int part = 10; part >= 0; part--) {
                double perKernel = Surcharge.perKernel(loads, sum(loads, 0) * part / 10, 1e6);
                assertThat(perKernel).as("seed %d, %d tenths", seed, part).isGreaterThanOrEqualTo(before - 1e-3);
                before = perKernel;
            }
        }
    }
}
