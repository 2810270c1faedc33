package dev.lathe.app.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.EvenCuts;
import dev.lathe.app.fixture.KeptSplit;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SplitViewModelTest {
    private final Cuts cuts = new EvenCuts(6, 10, Duration.ofMillis(3), 196_608);
    private final KeptSplit owner = new KeptSplit();
    private final SplitViewModel split = owner.model();

    @BeforeEach
    void show() {
        split.showDevices(List.of(
                new DeviceChoice(EncoderFixture.core(0), Optional.empty()),
                new DeviceChoice(EncoderFixture.core(1), Optional.empty()),
                new DeviceChoice(EncoderFixture.cpu(), Optional.of("The driver is too old. Update it."))));
        split.showCuts(true, Optional.of(cuts), false, OptionalDouble.of(51.8));
    }

    private void chooseTwo() {
        split.choose(EncoderFixture.core(1), true);
        split.choose(EncoderFixture.core(0), true);
    }

    private SplitPlan plan() {
        return split.plan().get();
    }

    @Test
    void oneDeviceIsNoSplitAndTwoAreBalancedInTheOrderOfTheList() {
        split.choose(EncoderFixture.core(1), true);
        assertThat(plan().prediction()).isEmpty();
        split.choose(EncoderFixture.core(0), true);
        assertThat(owner.now().devices()).extracting(d -> d.id()).containsExactly("cpu:0", "cpu:1");
        assertThat(owner.now().borders()).containsExactly(2);
        assertThat(owner.now().placement().orElseThrow().stages()).hasSize(2);
        assertThat(plan().prediction().orElseThrow().throughputPerSecond()).isCloseTo(1000 / 9.0, within(0.01));
        assertThat(plan().devices().get(0).stage()).hasValue(0);
        assertThat(plan().devices().get(2).unavailable()).isPresent();
    }

    @Test
    void proposingWithNoDeviceChosenTakesAllThatCanBeUsed() {
        split.propose();
        assertThat(owner.now().devices()).extracting(d -> d.id()).containsExactly("cpu:0", "cpu:1");
        assertThat(plan().prediction()).isPresent();
    }

    @Test
    void devicesChosenBeforeTheCutsAreKnownAreSplitOverAsSoonAsTheyAre() {
        split.showCuts(true, Optional.empty(), false, OptionalDouble.empty());
        chooseTwo();
        assertThat(plan().prediction()).isEmpty();
        split.showCuts(true, Optional.of(cuts), false, OptionalDouble.empty());
        assertThat(owner.now().borders()).containsExactly(2);
        assertThat(plan().prediction()).isPresent();
    }

    @Test
    void movingABorderChangesThePredictionAtOnceAndStaysBetweenItsNeighbours() {
        chooseTwo();
        double balanced = plan().prediction().orElseThrow().throughputPerSecond();
        split.moveBorder(0, 3);
        assertThat(plan().prediction().orElseThrow().throughputPerSecond()).isLessThan(balanced);
        assertThat(plan().borders().getFirst().label()).isEqualTo("encoder.layer.3");
        split.moveBorder(0, 99);
        assertThat(owner.now().borders()).containsExactly(cuts.count() - 1);
    }

    @Test
    void undoBringsTheBorderBack() {
        chooseTwo();
        split.moveBorder(0, 4);
        assertThat(plan().undoBlocked()).isEmpty();
        split.undo();
        assertThat(owner.now().borders()).containsExactly(2);
        split.showUndo(Optional.of("The last step was another one."));
        split.undo();
        assertThat(owner.now().borders()).containsExactly(2);
        assertThat(plan().undoBlocked()).contains("The last step was another one.");
    }

    @Test
    void allOfADragIsOneStep() {
        chooseTwo();
        int before = owner.steps();
        assertThat(split.slideBorder(0, 3, false)).isTrue();
        assertThat(split.slideBorder(0, 3, true)).isFalse();
        assertThat(split.slideBorder(0, 4, true)).isTrue();
        assertThat(owner.steps()).isEqualTo(before + 1);
        split.undo();
        assertThat(owner.now().borders()).containsExactly(2);
    }

    @Test
    void aBorderDroppedOnANodeGoesToTheNearestCut() {
        chooseTwo();
        split.moveBorderToNode(0, 41);
        assertThat(owner.now().borders()).containsExactly(3);
        assertThat(split.plate(0, 31)).hasSize(3).first().isEqualTo("after encoder.layer.2");
        assertThat(owner.now().borders()).containsExactly(3);
    }

    @Test
    void aMeasurementBelongsToTheBordersItWasMadeWith() {
        chooseTwo();
        Schedule schedule = plan().predicted().orElseThrow();
        owner.measured(new MeasuredSplit(98, Duration.ofMillis(19), OptionalDouble.of(52), 2.4e-6, 8, schedule));
        assertThat(plan().measured()).isPresent();
        assertThat(plan().devices().getFirst().measuredBusy()).isPresent();
        split.moveBorder(0, 1);
        assertThat(plan().measured()).isEmpty();
    }

    @Test
    void newLayerTimesGiveANewPredictionForTheSameBorders() {
        chooseTwo();
        split.showCuts(true, Optional.of(new EvenCuts(6, 10, Duration.ofMillis(6), 1)), false, OptionalDouble.empty());
        assertThat(plan().prediction().orElseThrow().throughputPerSecond()).isCloseTo(1000 / 18.0, within(0.01));
    }

    @Test
    void aFullPipelineHasTheBubbleOfItsFillAndDrain() {
        chooseTwo();
        Schedule s = plan().predicted().orElseThrow();
        // Eight requests of 9 ms on two stages, plus one transfer: 9 stage times in all, 8 of them busy.
        assertThat(s.bubble()).isCloseTo(1 - 8 / 9.0, within(0.01));
        assertThat(s.lanes().get(1).slots().getFirst().start())
                .isEqualTo(s.lanes().get(0).slots().getFirst().end().plus(Duration.ofNanos(19_660)));
        split.requests().set(32);
        assertThat(plan().predicted().orElseThrow().bubble()).isLessThan(s.bubble());
    }

    @Test
    void moreDevicesThanAModelHasStagesUseTheFirstOnes() {
        split.showCuts(true, Optional.of(new EvenCuts(2, 10, Duration.ofMillis(3), 1)), true, OptionalDouble.empty());
        chooseTwo();
        split.choose(EncoderFixture.cpu(), true);
        assertThat(owner.now().devices()).hasSize(2);
        assertThat(owner.now().borders()).hasSize(1);
    }

    @Test
    void chosenDevicesAreShownWhileTheirBordersAreSearched() {
        Deque<Runnable> searches = owner.holdSearches();
        chooseTwo();
        assertThat(plan().planning()).isTrue();
        assertThat(plan().devices()).extracting(SplitPlan.DeviceCard::chosen).containsExactly(true, true, false);
        assertThat(plan().prediction()).isEmpty();
        searches.remove().run();
        assertThat(plan().planning()).isFalse();
        assertThat(owner.now().borders()).containsExactly(2);
    }

    @Test
    void theNewestChoiceWinsWhateverSearchEndsFirst() {
        Deque<Runnable> searches = owner.holdSearches();
        chooseTwo();
        split.choose(EncoderFixture.cpu(), true);
        split.choose(EncoderFixture.core(0), false);
        assertThat(searches).hasSize(3);
        searches.removeLast().run();
        List<Integer> borders = owner.now().borders();
        assertThat(owner.now().devices()).extracting(d -> d.id()).containsExactly("cpu:1", "cpu");
        searches.forEach(Runnable::run);
        assertThat(owner.now().devices()).hasSize(2);
        assertThat(owner.now().borders()).isEqualTo(borders);
        assertThat(plan().planning()).isFalse();
    }

    @Test
    void aChoiceThatIsTakenBackWhileItsBordersAreSearchedStaysTakenBack() {
        Deque<Runnable> searches = owner.holdSearches();
        chooseTwo();
        split.choose(EncoderFixture.core(0), false);
        assertThat(plan().planning()).isFalse();
        searches.remove().run();
        assertThat(owner.now().devices()).extracting(d -> d.id()).containsExactly("cpu:1");
        assertThat(plan().devices()).extracting(SplitPlan.DeviceCard::chosen).containsExactly(false, true, false);
    }

    @Test
    void otherLayerTimesBeginTheSearchAnew() {
        Deque<Runnable> searches = owner.holdSearches();
        chooseTwo();
        split.showCuts(true, Optional.of(new EvenCuts(4, 10, Duration.ofMillis(3), 1)), false, OptionalDouble.empty());
        searches.remove().run();
        assertThat(owner.now().borders()).isEmpty();
        searches.remove().run();
        assertThat(owner.now().borders()).containsExactly(1);
    }
}
