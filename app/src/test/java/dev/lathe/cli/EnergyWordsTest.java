package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.EnergyUse;
import dev.lathe.profile.energy.EnergyCounter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnergyWordsTest {
    @Test
    void whatWasMeasuredIsToldForARunAndByPart() {
        EnergyUse use = new EnergyUse.Measured(
                List.of(
                        new EnergyCounter(EnergyCounter.Kind.PROCESSOR, "package-0", 30),
                        new EnergyCounter(EnergyCounter.Kind.MEMORY, "package-0 dram", 1.5)),
                500,
                Duration.ofSeconds(3));
        assertThat(EnergyWords.line(use))
                .isEqualTo("energy      63.0 mJ per run, 10.5 W on average, idle and other programs in it"
                        + " (package-0 60.0 mJ, package-0 dram 3.00 mJ)\n");
        assertThat(EnergyWords.json(use)).containsEntry("runs", 500L).containsKeys("joulesPerRun", "watts");
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        EnergyUse use = new EnergyUse.NotReadable(List.of("no counters", "no driver"));
        assertThat(EnergyWords.line(use)).isEqualTo("energy      not readable here: no counters; no driver\n");
        assertThat(EnergyWords.json(use)).containsEntry("notReadable", List.of("no counters", "no driver"));
    }
}
