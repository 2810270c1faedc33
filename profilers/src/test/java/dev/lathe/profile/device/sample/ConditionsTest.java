package dev.lathe.profile.device.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.profile.RunConditions;
import dev.lathe.profile.device.ControlGroups;
import dev.lathe.profile.engine.Availability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a machine tells about itself while a model runs, from the files in which systems tell it.
class ConditionsTest {
    @TempDir
    Path folder;

    private Path cpus = Path.of("");
    private Path group = Path.of("");
    private Path cpuinfo = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        cpus = Files.createDirectories(folder.resolve("cpu"));
        group = Files.createDirectories(folder.resolve("group"));
        cpuinfo = folder.resolve("cpuinfo");
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void clock(double gigahertz) throws IOException {
        write(cpus.resolve("cpu0/cpufreq/scaling_cur_freq"), Math.round(gigahertz * 1e6) + "\n");
    }

    private ConditionsWatch watch() {
        return new ConditionsWatch(
                List.of(),
                new CpuFrequencySampler(cpus, cpuinfo),
                new HeldBackSampler(new ControlGroups(group, List.of()), cpus));
    }

    /// Looks until the system's clock has gone on for what a watch needs.
    private static void look(ConditionsWatch watch, int times) {
        // Its time begins with the first look, however long that takes.
        look(watch);
        long until = System.nanoTime() + 250_000_000L;
        for (int i = 2; i < times || System.nanoTime() < until; i++) {
            look(watch);
        }
        // A look tells the moment of its beginning: one that was held up may have begun too early, this one did not.
        look(watch);
    }

    private static void look(ConditionsWatch watch) {
        watch.look(ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(d -> d.toNanos())
                .orElse(1L));
    }

    @Test
    void theDriversClockIsReadAndElseThatOfCpuinfo() throws IOException {
        CpuFrequencySampler sampler = new CpuFrequencySampler(cpus, cpuinfo);
        assertThat(sampler.availability()).isInstanceOf(Availability.Missing.class);
        assertThat(sampler.perCore(List.of(0))).isEmpty();
        Files.writeString(cpuinfo, "processor\t: 0\ncpu MHz\t\t: 2596.150\n\nprocessor\t: 1\ncpu MHz\t: 2000.0\n");
        assertThat(sampler.perCore(List.of(1))).containsOnlyKeys(1).containsEntry(1, 2e9);
        clock(3.5);
        assertThat(sampler.perCore(List.of(0))).containsEntry(0, 3.5e9);
        assertThat(sampler.availability()).isInstanceOf(Availability.Ready.class);
    }

    @Test
    void aFileOfWordsTellsNothing() throws IOException {
        Files.writeString(cpuinfo, "processor : zero\ncpu MHz : fast\n");
        write(group.resolve("cpu.stat"), "throttled_usec much\n");
        assertThat(new CpuFrequencySampler(cpus, cpuinfo).perCore(List.of(0))).isEmpty();
        assertThat(new HeldBackSampler(new ControlGroups(group, List.of()), cpus).nanos())
                .isEmpty();
        assertThat(new HeldBackSampler(new ControlGroups(group, List.of()), cpus).availability())
                .isInstanceOf(Availability.Missing.class);
    }

    @Test
    void bothVersionsOfControlGroupsTellWhatTheyHeldBack() throws IOException {
        write(group.resolve("cpu/cpu.stat"), "nr_periods 5\nthrottled_time 7000\n");
        assertThat(new HeldBackSampler(new ControlGroups(group, List.of()), cpus).nanos())
                .hasValue(7000);
        write(group.resolve("cpu.stat"), "usage_usec 9\nthrottled_usec 12\n");
        assertThat(new HeldBackSampler(new ControlGroups(group, List.of()), cpus).nanos())
                .hasValue(12_000);
    }

    @Test
    void aClockThatFallsAndHeatAndALimitAreSeen() throws IOException {
        clock(3.6);
        write(group.resolve("cpu.stat"), "throttled_usec 0\n");
        write(cpus.resolve("cpu0/thermal_throttle/core_throttle_count"), "2\n");
        ConditionsWatch watch = watch();
        look(watch, 20);
        clock(2.4);
        write(group.resolve("cpu.stat"), "throttled_usec 100000\n");
        write(cpus.resolve("cpu0/thermal_throttle/core_throttle_count"), "5\n");
        look(watch, 20);
        RunConditions seen = watch.conditions();
        assertThat(seen.frequency()).isInstanceOfSatisfying(RunConditions.Frequency.Seen.class, f -> {
            assertThat(f.highest().value()).isEqualTo(3.6e9);
            assertThat(f.atFirst().value()).isEqualTo(3.6e9);
            assertThat(f.atLast().value()).isEqualTo(2.4e9);
        });
        assertThat(seen.heldBack().orElse(0)).isBetween(0.01, 0.25);
        assertThat(seen.tooHot()).hasValue(3);
        assertThat(seen.load()).isInstanceOfSatisfying(RunConditions.Load.Seen.class, l -> {
            assertThat(l.cores()).isPositive();
            assertThat(l.model() + l.others() + l.stolen()).isCloseTo(l.cores() / 2.0, within(l.cores() / 2.0 + 0.5));
        });
    }

    @Test
    void aFixedClockAndAShortRunSayWhyTheyTellNothing() throws IOException {
        clock(2.6);
        ConditionsWatch watch = watch();
        assertThat(watch.conditions().load()).isInstanceOf(RunConditions.Load.Unknown.class);
        look(watch, 20);
        assertThat(watch.conditions().frequency())
                .isEqualTo(new RunConditions.Frequency.Unknown(
                        "the system tells one fixed frequency, as virtual machines do"));
        assertThat(watch.conditions().heldBack()).isEmpty();
        assertThat(watch.conditions().whyNotHeldBack()).isNotBlank();
    }
}
