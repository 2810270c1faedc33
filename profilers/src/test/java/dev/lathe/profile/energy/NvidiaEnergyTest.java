package dev.lathe.profile.energy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.nvml.Nvml;
import dev.lathe.profile.nvml.PretendNvml;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a library whose functions are Java methods with the signatures of the real ones.
class NvidiaEnergyTest {
    private final PretendNvml driver = new PretendNvml();

    @AfterEach
    void close() {
        driver.close();
    }

    private NvidiaEnergy source() {
        return new NvidiaEnergy(() -> Nvml.open(driver.symbols()));
    }

    @Test
    void energyOfEachCardIsCountedFromTheOpening() {
        driver.card("Pretend 4090", 5_000_000);
        driver.card("Pretend 3060", 1_000);
        try (NvidiaEnergy energy = source()) {
            assertThat(energy.availability()).isEqualTo(new Availability.Ready("energy of 2 cards"));
            driver.take(0, 1_500);
            driver.take(1, 250);
            assertThat(energy.read())
                    .containsExactly(
                            new EnergyCounter(EnergyCounter.Kind.CARD, "gpu 0 Pretend 4090", 1.5),
                            new EnergyCounter(EnergyCounter.Kind.CARD, "gpu 1 Pretend 3060", 0.25));
        }
        assertThat(driver.isShutDown()).isTrue();
    }

    @Test
    void cardsThatDoNotCountAreLeftOut() {
        driver.card("Old", PretendNvml.DOES_NOT_COUNT);
        try (NvidiaEnergy energy = source()) {
            assertThat(energy.availability())
                    .isInstanceOfSatisfying(
                            Availability.Missing.class,
                            m -> assertThat(m.reason()).contains("no NVIDIA card here counts"));
            assertThat(energy.read()).isEmpty();
        }
    }

    @Test
    void aDriverThatDoesNotAnswerIsNamedInItsOwnWords() {
        driver.refuse();
        try (NvidiaEnergy energy = source()) {
            assertThat(energy.availability())
                    .isInstanceOfSatisfying(
                            Availability.Missing.class,
                            m -> assertThat(m.reason()).contains("Driver Not Loaded"));
        }
    }

    @Test
    void aLibraryWithoutTheFunctionsIsTooOld() {
        try (NvidiaEnergy energy = new NvidiaEnergy(() -> Nvml.open(name -> java.util.Optional.empty()))) {
            assertThat(energy.availability())
                    .isInstanceOfSatisfying(
                            Availability.Missing.class,
                            m -> assertThat(m.reason()).contains("too old"));
        }
    }

    @Test
    void withOrWithoutADriverHereThereIsAnAnswer() {
        try (NvidiaEnergy energy = new NvidiaEnergy()) {
            switch (energy.availability()) {
                case Availability.Ready ready -> assertThat(energy.read()).isNotEmpty();
                case Availability.Missing missing ->
                    assertThat(missing.reason()).contains("NVIDIA");
            }
        }
    }
}
