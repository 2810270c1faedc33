package dev.lathe.profile.device.sample;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.profile.device.ControlGroups;
import dev.lathe.profile.engine.Availability;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What held the processor back so far: the time for which a container's limit stopped this program's threads, and how
/// often a core was slowed because it got too hot.
///
/// @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2: cpu.stat, throttled_usec</a>
public final class HeldBackSampler implements Sampler {
    private static final int MOST_CORES = 16;

    private final ControlGroups groups;
    private final Path cpus;

    public HeldBackSampler() {
        this(ControlGroups.ofThisProcess(), Path.of("/sys/devices/system/cpu"));
    }

    HeldBackSampler(ControlGroups groups, Path cpus) {
        this.groups = groups;
        this.cpus = cpus;
    }

    @Override
    public String id() {
        return "held back";
    }

    @Override
    public Availability availability() {
        if (nanos().isPresent() || tooHot().isPresent()) {
            return new Availability.Ready("time held back by a container, and by heat");
        }
        return new Availability.Missing(
                "neither a control group nor the processor tells what held it back",
                "On Linux in a container with a processor limit, or on a processor that counts its heat events, it does.");
    }

    @Override
    public Map<String, Quantity> sample(long pid) {
        Map<String, Quantity> values = new LinkedHashMap<>();
        OptionalDouble nanos = nanos();
        if (nanos.isPresent()) {
            values.put("held back by the container", Quantity.of(nanos.getAsDouble(), Unit.NANOSECONDS));
        }
        OptionalLong hot = tooHot();
        if (hot.isPresent()) {
            values.put("slowed by heat", Quantity.of(hot.getAsLong(), Unit.COUNT));
        }
        return values;
    }

    /// ns for which a group's threads were stopped since it began, summed over its processors: of the process's groups
    /// the one that was stopped longest, since what is stopped in one is in those below it, too.
    OptionalDouble nanos() {
        return nanosByGroup().values().stream().mapToDouble(Double::doubleValue).max();
    }

    /// The same of each group. Between two moments that group counts that was stopped longest in between: one that was
    /// stopped long ago hides the others in the largest total, and none counts what those above it are stopped for.
    Map<Path, Double> nanosByGroup() {
        Map<Path, Double> all = new LinkedHashMap<>();
        put(all, groups.unified(), "throttled_usec", 1e3);
        put(all, groups.of("cpu"), "throttled_time", 1);
        return all;
    }

    private static void put(Map<Path, Double> all, List<Path> groups, String name, double nanos) {
        for (Path group : groups) {
            SystemFile.number(group.resolve("cpu.stat"), name).ifPresent(n -> all.put(group, n * nanos));
        }
    }

    /// How often cores were slowed by heat since the machine began.
    OptionalLong tooHot() {
        long sum = 0;
        boolean told = false;
        for (int i = 0; i < Math.min(MOST_CORES, Runtime.getRuntime().availableProcessors()); i++) {
            OptionalDouble count =
                    SystemFile.number(cpus.resolve("cpu" + i).resolve("thermal_throttle/core_throttle_count"));
            if (count.isPresent()) {
                told = true;
                sum += (long) count.getAsDouble();
            }
        }
        return told ? OptionalLong.of(sum) : OptionalLong.empty();
    }
}
