package dev.lathe.profile.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.profile.engine.Availability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folders are as Linux lays them out.
class RaplTest {
    @TempDir
    private Path root;

    private Path zone(String folder, String name, long microjoules) throws IOException {
        Path zone = Files.createDirectories(root.resolve(folder));
        Files.writeString(zone.resolve("name"), name + "\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), "262143328850\n");
        Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
        return zone;
    }

    @Test
    void packagesAndTheMemoryBesideThemAreCountedAndWhatAPackageHoldsIsNot() throws IOException {
        Path processor = zone("intel-rapl:0", "package-0", 1_000_000);
        Path cores = zone("intel-rapl:0:0", "core", 500_000);
        Path memory = zone("intel-rapl:0:1", "dram", 7_000_000);
        zone("intel-rapl:1", "psys", 9_000_000);
        zone("intel-rapl-mmio:0", "package-0", 1_000_000);
        try (Rapl rapl = new Rapl(root)) {
            assertThat(rapl.availability()).isInstanceOf(Availability.Ready.class);
            assertThat(rapl.read()).allSatisfy(c -> assertThat(c.joules()).isZero());
            Files.writeString(processor.resolve("energy_uj"), "3500000\n");
            Files.writeString(cores.resolve("energy_uj"), "2500000\n");
            Files.writeString(memory.resolve("energy_uj"), "7250000\n");
            assertThat(rapl.read())
                    .containsExactly(
                            new EnergyCounter(EnergyCounter.Kind.PROCESSOR, "package-0", 2.5),
                            new EnergyCounter(EnergyCounter.Kind.MEMORY, "package-0 dram", 0.25));
        }
    }

    @Test
    void aCounterThatStartsAgainGoesOn() throws IOException {
        Path processor = zone("intel-rapl:0", "package-0", 262_143_000_000L);
        try (Rapl rapl = new Rapl(root)) {
            rapl.read();
            Files.writeString(processor.resolve("energy_uj"), "671150\n");
            List<EnergyCounter> now = rapl.read();
            assertThat(now.getFirst().joules()).isCloseTo(1.0, within(1e-9));
        }
    }

    @Test
    void aMachineWithoutCountersSaysSo() {
        try (Rapl rapl = new Rapl(root.resolve("nowhere"))) {
            assertThat(rapl.availability())
                    .isInstanceOfSatisfying(
                            Availability.Missing.class,
                            m -> assertThat(m.reason()).contains("no energy counters"));
            assertThat(rapl.read()).isEmpty();
        }
    }

    @Test
    void countersThatOnlyTheAdministratorMayReadAreNamedWithARemedy() throws IOException {
        Path zone = zone("intel-rapl:0", "package-0", 1);
        // What the kernel answers to others is no number either.
        Files.writeString(zone.resolve("energy_uj"), "");
        try (Rapl rapl = new Rapl(root)) {
            assertThat(rapl.availability())
                    .isInstanceOfSatisfying(
                            Availability.Missing.class,
                            m -> assertThat(m.remedy()).contains("chmod a+r"));
        }
    }
}
