package dev.lathe.profile.device;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Availability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/// The processor as a whole (`cpu`) and its core groups (`cpu:0`, `cpu:1`, …), through OSHI.
public final class CpuProvider implements DeviceProvider {
    @Override
    public String source() {
        return "OSHI processor";
    }

    @Override
    public List<DeviceStatus> devices() {
        SystemInfo system = new SystemInfo();
        CentralProcessor cpu = system.getHardware().getProcessor();
        GlobalMemory memory = system.getHardware().getMemory();
        ContainerLimits limits = ContainerLimits.ofThisProcess();
        Set<Integer> allowed = AllowedCores.read(Path.of("/proc/self/status"));
        List<String> features = CpuFeatures.of(cpu.getFeatureFlags());
        List<List<Integer>> groups = CoreGroups.of(logical(cpu), allowed);
        Set<Integer> cores = new TreeSet<>();
        groups.forEach(cores::addAll);
        long total = Math.min(memory.getTotal(), limits.memoryBytes().orElse(Long.MAX_VALUE));
        String name = cpu.getProcessorIdentifier().getName().strip();

        List<DeviceStatus> found = new ArrayList<>();
        found.add(new DeviceStatus(
                new Device("cpu", name, DeviceKind.CPU, List.copyOf(cores), OptionalLong.of(total), features),
                new Availability.Ready(cores.size() + (cores.size() == 1 ? " logical core" : " logical cores")),
                facts(cpu, memory, limits, cores.size())));
        for (int g = 0; g < groups.size(); g++) {
            List<Integer> group = groups.get(g);
            String which = (group.size() == 1 ? "core " : "cores ") + ranges(group);
            found.add(new DeviceStatus(
                    new Device(
                            "cpu:" + g,
                            name + " · " + which,
                            DeviceKind.CPU_GROUP,
                            group,
                            OptionalLong.of(total),
                            features),
                    bound(which, System.getProperty("os.name", "")),
                    Map.of("Shares", "memory and last-level cache with the other core groups")));
        }
        return found;
    }

    /// A worker is bound to the cores of its group; where that cannot be, a group would be the whole processor by
    /// another name.
    static Availability bound(String which, String system) {
        return CoreBinding.isPossible(system)
                ? new Availability.Ready(which)
                : new Availability.Missing(
                        "threads cannot be bound to cores on " + system + ".", "Run on 'cpu', the whole processor.");
    }

    private static List<CoreGroups.Logical> logical(CentralProcessor cpu) {
        List<CoreGroups.Logical> all = new ArrayList<>();
        for (CentralProcessor.LogicalProcessor p : cpu.getLogicalProcessors()) {
            // Core numbers start again in every package.
            int core = p.getPhysicalPackageNumber() * 65_536 + p.getPhysicalProcessorNumber();
            all.add(new CoreGroups.Logical(p.getProcessorNumber(), core));
        }
        return all;
    }

    private static Map<String, String> facts(
            CentralProcessor cpu, GlobalMemory memory, ContainerLimits limits, int usable) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Sockets", Integer.toString(cpu.getPhysicalPackageCount()));
        facts.put("Physical cores", Integer.toString(cpu.getPhysicalProcessorCount()));
        facts.put("Logical cores", Integer.toString(cpu.getLogicalProcessorCount()));
        if (usable != cpu.getLogicalProcessorCount()) {
            facts.put("Logical cores that this process may use", Integer.toString(usable));
        }
        long hertz = cpu.getMaxFreq();
        if (hertz > 0) {
            facts.put("Highest frequency", String.format(Locale.ROOT, "%.2f GHz", hertz / 1e9));
        }
        String caches = CpuCaches.text(CpuCaches.of(cpu));
        if (!caches.isEmpty()) {
            facts.put("Caches", caches);
        }
        long nodes = cpu.getLogicalProcessors().stream()
                .mapToInt(CentralProcessor.LogicalProcessor::getNumaNode)
                .distinct()
                .count();
        if (nodes > 1) {
            facts.put("NUMA nodes", Long.toString(nodes));
        }
        facts.put("Memory", size(memory.getTotal()));
        facts.put("Memory available", size(available(memory, limits)));
        limits.memoryBytes().ifPresent(b -> facts.put("Container memory limit", size(b)));
        limits.cores()
                .ifPresent(c -> facts.put("Container processor limit", String.format(Locale.ROOT, "%.2f cores", c)));
        CentralProcessor.ProcessorIdentifier id = cpu.getProcessorIdentifier();
        String identity = identity(id.getVendor(), id.getFamily(), id.getModel(), id.getStepping());
        if (!identity.isEmpty()) {
            facts.put("Processor", identity);
        }
        List<String> features = CpuFeatures.of(cpu.getFeatureFlags());
        if (!features.isEmpty()) {
            facts.put("Instruction sets", String.join(", ", features));
        }
        return facts;
    }

    /// As the machine says it. Names of microarchitectures are not: OSHI takes them from a table by family alone,
    /// which calls family 25 model 17 Zen 3 although it is Zen 4.
    static String identity(String vendor, String family, String model, String stepping) {
        StringBuilder text = new StringBuilder(vendor.strip());
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("family", family);
        numbers.put("model", model);
        numbers.put("stepping", stepping);
        numbers.forEach((name, value) -> {
            if (!value.isBlank()) {
                text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(value.strip());
            }
        });
        return text.toString();
    }

    private static long available(GlobalMemory memory, ContainerLimits limits) {
        long free = limits.memoryBytes().isEmpty()
                ? Long.MAX_VALUE
                : limits.memoryBytes().getAsLong() - limits.memoryUsedBytes().orElse(0);
        return Math.max(0, Math.min(memory.getAvailable(), free));
    }

    static String size(long bytes) {
        return bytes >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
                : bytes >= 1L << 20
                        ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20))
                        : bytes / 1024 + " KiB";
    }

    /// 0, 1, 2, 5 → `0–2, 5`.
    static String ranges(List<Integer> sorted) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sorted.size(); ) {
            int end = i;
            while (end + 1 < sorted.size() && sorted.get(end + 1) == sorted.get(end) + 1) {
                end++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(sorted.get(i));
            if (end > i) {
                text.append('–').append(sorted.get(end));
            }
            i = end + 1;
        }
        return text.toString();
    }
}
