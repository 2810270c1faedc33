package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.Unit;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.EnergyUse;
import dev.lathe.profile.energy.EnergyCounter;
import dev.lathe.profile.worker.wire.Energy;
import dev.lathe.profile.worker.wire.Taken;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnergyFeedTest {
    private static Taken taken(EnergyCounter.Kind kind, String part, double joules) {
        return Taken.newBuilder()
                .setKind(kind.name())
                .setPart(part)
                .setJoules(joules)
                .build();
    }

    private static final Energy ENERGY = Energy.newBuilder()
            .addParts(taken(EnergyCounter.Kind.PROCESSOR, "package-0", 30))
            .addParts(taken(EnergyCounter.Kind.CARD, "gpu 0", 100))
            .setRuns(200)
            .setNanos(2_000_000_000L)
            .build();

    @Test
    void aModelOnTheProcessorIsNotChargedForAnIdleCard() {
        EnergyFeed feed = new EnergyFeed(DeviceKind.CPU, Set::of);
        feed.accept(ENERGY);
        EnergyUse.Measured use = (EnergyUse.Measured) feed.use();
        assertThat(use.perRun().value()).isCloseTo(0.15, within(1e-12));
        assertThat(use.perRun().unit()).isEqualTo(Unit.JOULE);
        assertThat(use.power().value()).isCloseTo(15, within(1e-12));
    }

    @Test
    void aModelOnACardIsChargedForBoth() {
        EnergyFeed feed = new EnergyFeed(DeviceKind.GPU, () -> Set.of("gpu 0"));
        feed.accept(ENERGY);
        assertThat(((EnergyUse.Measured) feed.use()).perRun().value()).isCloseTo(0.65, within(1e-12));
    }

    @Test
    void anotherCardIsNotTheModels() {
        EnergyFeed feed = new EnergyFeed(DeviceKind.GPU, () -> Set.of("gpu 1"));
        feed.accept(ENERGY.toBuilder()
                .addParts(taken(EnergyCounter.Kind.CARD, "gpu 1", 10))
                .build());
        assertThat(((EnergyUse.Measured) feed.use()).perRun().value()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void aLoopThatIsTooShortTellsNothing() {
        EnergyFeed feed = new EnergyFeed(DeviceKind.CPU, Set::of);
        feed.accept(ENERGY.toBuilder().setNanos(1_000_000).build());
        assertThat(feed.use()).isEqualTo(new EnergyUse.NotReadable(List.of("the run was over in less than 300 ms")));
    }

    @Test
    void whyNothingCanBeReadIsPassedOn() {
        EnergyFeed feed = new EnergyFeed(DeviceKind.CPU, Set::of);
        feed.accept(Energy.newBuilder()
                .addNotReadable("no counters")
                .addNotReadable("no driver")
                .build());
        assertThat(feed.use()).isEqualTo(new EnergyUse.NotReadable(List.of("no counters", "no driver")));
    }
}
