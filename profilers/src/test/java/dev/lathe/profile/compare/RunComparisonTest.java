package dev.lathe.profile.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.profile.compare.RunRecord.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    private static final SplittableRandom RANDOM = new SplittableRandom(4);

    @Test
    void aClearChangeIsSureAndNoneIsNot() {
        RunRecord a = run(Map.of("threads", "1"), layer("x", 10, 1), layer("y", 5, 1));
        RunRecord b = run(Map.of("threads", "2"), layer("x", 10, 1), layer("y", 8, 1));
        RunComparison c = RunComparison.of(a, b);
        assertThat(c.otherConditions()).containsExactly("threads: 1 / 2");
        assertThat(c.groups()).extracting(g -> g.layers().getFirst()).containsExactly("y", "x");
        Difference slower = c.groups().getFirst().change().orElseThrow();
        assertThat(slower.isSure()).isTrue();
        assertThat(slower.percent()).isCloseTo(60, within(5.0));
        assertThat(slower.percent()).isBetween(slower.lowPercent(), slower.highPercent());
        assertThat(c.groups().getLast().change().orElseThrow().isSure()).isFalse();
        assertThat(c.latency().isSure()).isTrue();
    }

    /// The interval must hold the truth about as often as it says: here there is none to find.
    @Test
    void twoMeasurementsOfTheSameSeldomDiffer() {
        int sure = 0;
        for (int i = 0; i < 200; i++) {
            sure += Bootstrap.of(times(10, 2, 30), times(10, 2, 30)).isSure() ? 1 : 0;
        }
        assertThat(sure).as("of 200, at 95 %%").isLessThan(30);
    }

    /// Runs in a row are slow together: taken for independent, they look surer than they are.
    @Test
    void disturbancesThatLastAreSeldomTakenForChanges() {
        int sure = 0;
        for (int i = 0; i < 200; i++) {
            sure += Bootstrap.of(drifting(60), drifting(60)).isSure() ? 1 : 0;
        }
        assertThat(sure).isLessThan(60);
    }

    @Test
    void layersThatEitherEngineFusedAreComparedTogether() {
        RunRecord a = run(Map.of(), layer("conv", 6, 1), layer("relu", 2, 1), layer("add", 1, 1));
        RunRecord b =
                run(Map.of(), fused("conv", 7.5, "conv_relu"), fused("relu", 0.1, "conv_relu"), layer("add", 1, 1));
        RunComparison c = RunComparison.of(a, b);
        assertThat(c.groups()).hasSize(2);
        RunComparison.Group together = c.groups().stream()
                .filter(g -> g.layers().size() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(together.layers()).containsExactly("conv", "relu");
        assertThat(together.op()).isEqualTo("Op");
        assertThat(together.before()).isCloseTo(8, within(1e-9));
        assertThat(together.after()).isCloseTo(7.6, within(1e-9));
    }

    @Test
    void whatOnlyOneHasComesLastAndHasNoChange() {
        RunComparison c = RunComparison.of(
                run(Map.of(), layer("x", 1, 0.1), layer("old", 3, 0.1)),
                run(Map.of(), layer("x", 1, 0.1), layer("new", 9, 0.1)));
        assertThat(c.groups()).extracting(g -> g.layers().getFirst()).containsExactly("x", "new", "old");
        assertThat(c.groups()).extracting(g -> g.change().isPresent()).containsExactly(true, false, false);
    }

    /// Half of the runs wait for another program: in the other measurement it may not have been there.
    @Test
    void ofAMeasurementThatWasDisturbedNothingIsSure() {
        List<Double> disturbed = new ArrayList<>(times(10, 1, 40));
        disturbed.addAll(times(30, 1, 40));
        RunRecord quiet = new RunRecord("m", Map.of(), times(10, 1, 80), List.of(layer("x", 10, 1)));
        RunRecord busy = new RunRecord("m", Map.of(), disturbed, List.of(layer("x", 20, 1)));
        assertThat(quiet.unsteady()).isEmpty();
        assertThat(busy.unsteady()).hasValueSatisfying(w -> assertThat(w).startsWith("p10 "));
        for (RunComparison c : List.of(RunComparison.of(quiet, busy), RunComparison.of(busy, quiet))) {
            assertThat(c.latency().isSure()).isFalse();
            assertThat(c.latency().doubted()).isTrue();
            assertThat(c.groups())
                    .noneMatch(g -> g.change().filter(Difference::isSure).isPresent());
        }
        assertThat(RunComparison.of(quiet, quiet).latency().doubted()).isFalse();
    }

    /// Hundreds of thousands of runs are kept of a live run of a day.
    @Test
    void ofVeryManyRunsTheIntervalIsNarrowAndHoldsTheMedians() {
        Difference d = Bootstrap.of(times(10, 1, 100_000), times(11, 1, 100_000));
        assertThat(d.percent()).isCloseTo(10, within(0.5));
        assertThat(d.highPercent() - d.lowPercent()).isLessThan(0.5);
        assertThat(d.percent()).isBetween(d.lowPercent(), d.highPercent());
    }

    @Test
    void tooFewRunsTellNothingOfConfidence() {
        Difference d = Bootstrap.of(List.of(1.0, 1.1), List.of(2.0, 2.1));
        assertThat(d.lowPercent()).isNaN();
        assertThat(d.isSure()).isFalse();
        assertThat(d.percent()).isCloseTo(95.2, within(0.1));
    }

    /// Two runs whose corrections differ would else call a layer that is the same surely another.
    @Test
    void ofEstimatesNothingIsSure() {
        Layer x = layer("x", 40, 1);
        Layer estimate = new Layer("x", "Op", 10, Set.of("x"), times(10, 0.1, 30), true);
        Difference d = RunComparison.of(run(Map.of(), estimate), run(Map.of(), x))
                .groups()
                .getFirst()
                .change()
                .orElseThrow();
        assertThat(d.isSure()).isFalse();
        assertThat(d.lowPercent()).isNaN();
        assertThat(d.percent()).isCloseTo(300, within(0.1));
    }

    @Test
    void whatAnEngineRemovedIsInTheOtherRunOnly() {
        Layer folded = new Layer("x", "Op", 0, Set.of(), List.of());
        RunRecord none = new RunRecord("m", Map.of(), times(1, 0.1, 30), List.of(folded));
        assertThat(RunComparison.of(none, run(Map.of(), layer("x", 3, 0.1))).groups())
                .singleElement()
                .satisfies(g -> assertThat(g.change()).isEmpty());
    }

    /// Typical times come from undisturbed runs, intervals from all: one lies in the other all the same.
    @Test
    void theIntervalHoldsTheChangeThatIsTold() {
        List<Double> before = times(10, 1, 40);
        List<Double> after = new ArrayList<>(times(12, 1, 30));
        after.addAll(times(30, 1, 10));
        Difference d = Bootstrap.around(9.6, 11.5, before, after);
        assertThat(d.percent()).isCloseTo(19.8, within(0.1));
        assertThat(d.percent()).isBetween(d.lowPercent(), d.highPercent());
        assertThat(d.isSure()).isTrue();
    }

    @Test
    void layersOfOneNameAreComparedOneByOne() {
        RunRecord a = run(Map.of(), fused("x", 1, "x1"), fused("x", 5, "x2"));
        RunRecord b = run(Map.of(), fused("x", 1, "x1"), fused("x", 9, "x2"));
        assertThat(RunComparison.of(a, b).groups())
                .extracting(g -> g.layers().getFirst())
                .containsExactly("x (2)", "x");
    }

    private static RunRecord run(Map<String, String> conditions, Layer... layers) {
        List<Double> sums = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            double sum = 0;
            for (Layer l : layers) {
                sum += l.times().get(i);
            }
            sums.add(sum);
        }
        return new RunRecord("model.onnx", conditions, sums, List.of(layers));
    }

    private static Layer layer(String name, double ms, double spread) {
        return new Layer(name, "Op", ms, Set.of(name), times(ms, spread, 30));
    }

    private static Layer fused(String name, double ms, String kernel) {
        return new Layer(name, "Op", ms, Set.of(kernel), times(ms, 0.05, 30));
    }

    private static List<Double> times(double ms, double spread, int count) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(ms + spread * (RANDOM.nextDouble() - 0.5));
        }
        return all;
    }

    private static List<Double> drifting(int count) {
        List<Double> all = new ArrayList<>();
        double slow = 0;
        for (int i = 0; i < count; i++) {
            slow = i % 4 == 0 ? RANDOM.nextDouble() : slow;
            all.add(10 + slow + 0.05 * RANDOM.nextDouble());
        }
        return all;
    }
}
