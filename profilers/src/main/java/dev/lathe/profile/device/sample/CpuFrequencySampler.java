package dev.lathe.profile.device.sample;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.profile.engine.Availability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The clock frequency of each logical processor now: what the system's frequency driver says, else what
/// `/proc/cpuinfo` does.
///
/// @see <a href="https://docs.kernel.org/admin-guide/pm/cpufreq.html">CPU Performance Scaling: scaling_cur_freq</a>
public final class CpuFrequencySampler implements Sampler {
    /// Each costs a read of a file; a sample of a large machine must not disturb what is measured on it.
    private static final int MOST_CORES = 16;

    private static final String LINE = "cpu MHz";

    private final Path cpus;
    private final Path cpuinfo;

    public CpuFrequencySampler() {
        this(Path.of("/sys/devices/system/cpu"), Path.of("/proc/cpuinfo"));
    }

    CpuFrequencySampler(Path cpus, Path cpuinfo) {
        this.cpus = cpus;
        this.cpuinfo = cpuinfo;
    }

    @Override
    public String id() {
        return "frequency";
    }

    @Override
    public Availability availability() {
        if (!ofDriver(List.of(0)).isEmpty()) {
            return new Availability.Ready("clock per logical core, from the frequency driver");
        }
        if (!ofCpuinfo().isEmpty()) {
            return new Availability.Ready("clock per logical core, from /proc/cpuinfo (fixed on virtual machines)");
        }
        return new Availability.Missing(
                "this system does not tell the processor's frequency",
                "On Linux with a frequency driver (cpufreq) it does.");
    }

    @Override
    public Map<String, Quantity> sample(long pid) {
        Map<String, Quantity> values = new LinkedHashMap<>();
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_CORES, Runtime.getRuntime().availableProcessors()); i++) {
            all.add(i);
        }
        perCore(all).forEach((core, hertz) -> values.put("core " + core, Quantity.of(hertz, Unit.HERTZ)));
        return values;
    }

    /// Hz of these logical processors, at most 16 of them; empty where nothing tells.
    Map<Integer, Double> perCore(List<Integer> cores) {
        List<Integer> some = cores.subList(0, Math.min(MOST_CORES, cores.size()));
        Map<Integer, Double> found = ofDriver(some);
        if (found.isEmpty()) {
            found = ofCpuinfo();
            found.keySet().retainAll(some);
        }
        return found;
    }

    private Map<Integer, Double> ofDriver(List<Integer> cores) {
        Map<Integer, Double> found = new LinkedHashMap<>();
        for (int core : cores) {
            Path file = cpus.resolve("cpu" + core).resolve("cpufreq/scaling_cur_freq");
            OptionalDouble kilohertz = SystemFile.number(file);
            if (kilohertz.isPresent()) {
                found.put(core, kilohertz.getAsDouble() * 1e3);
            }
        }
        return found;
    }

    private Map<Integer, Double> ofCpuinfo() {
        Map<Integer, Double> found = new LinkedHashMap<>();
        if (!Files.isReadable(cpuinfo)) {
            return found;
        }
        try {
            int core = -1;
            for (String line : Files.readAllLines(cpuinfo)) {
                int colon = line.indexOf(':');
                if (colon >= 0 && line.startsWith("processor")) {
                    core = Integer.parseInt(line.substring(colon + 1).strip());
                } else if (colon >= 0 && line.startsWith(LINE)) {
                    found.put(core, Double.parseDouble(line.substring(colon + 1).strip()) * 1e6);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Written otherwise than we know: then it tells nothing.
            found.clear();
        }
        return found;
    }
}
