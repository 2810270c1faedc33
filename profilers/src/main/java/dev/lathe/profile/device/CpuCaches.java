package dev.lathe.profile.device;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/// The processor's caches: level, kind, size of one, and how many there are.
///
/// OSHI tells each kind once, which is no measure of the whole: a large server has its last level in a dozen pieces.
/// Linux tells every piece.
public final class CpuCaches {
    private static final Path LINUX = Path.of("/sys/devices/system/cpu");

    private CpuCaches() {}

    /// `count` caches of `bytes` each, such as two "L1 data".
    record Cache(int level, String kind, long bytes, int count) {
        String text() {
            return "L" + level + " " + kind + " " + (count == 1 ? "" : count + " × ") + CpuProvider.size(bytes);
        }
    }

    /// All that this machine's last level of cache can hold, 0 bytes where nobody tells: what is to come from memory
    /// must be several times as large.
    public static Quantity lastLevel() {
        List<Cache> all = of(new SystemInfo().getHardware().getProcessor(), LINUX);
        int level = all.stream().mapToInt(Cache::level).max().orElse(0);
        long bytes = all.stream()
                .filter(c -> c.level() == level)
                .mapToLong(c -> c.bytes() * c.count())
                .sum();
        return Quantity.of(bytes, Unit.BYTES);
    }

    /// Smallest level first.
    static List<Cache> of(CentralProcessor cpu) {
        return of(cpu, LINUX);
    }

    private static List<Cache> of(CentralProcessor cpu, Path linux) {
        List<Cache> told = read(linux);
        if (!told.isEmpty()) {
            return told;
        }
        return cpu.getProcessorCaches().stream()
                .map(c -> new Cache(c.getLevel(), c.getType().toString().toLowerCase(Locale.ROOT), c.getCacheSize(), 1))
                .distinct()
                .sorted(java.util.Comparator.comparingInt(Cache::level))
                .toList();
    }

    static String text(List<Cache> caches) {
        return caches.stream().map(Cache::text).collect(Collectors.joining(", "));
    }

    /// From the folders `cpu0/cache/index0`, … of every processor below `root`; empty where there are none. A piece
    /// that several processors share is listed by each of them, and counts once.
    static List<Cache> read(Path root) {
        Set<String> pieces = new HashSet<>();
        Map<String, Cache> kinds = new TreeMap<>();
        for (Path cache : folders(root)) {
            Map<String, String> told = told(cache);
            long bytes = bytes(told.getOrDefault("size", ""));
            String level = told.getOrDefault("level", "");
            String kind = told.getOrDefault("type", "").toLowerCase(Locale.ROOT);
            if (bytes > 0
                    && level.matches("\\d")
                    && pieces.add(level + kind + " of " + told.getOrDefault("shared_cpu_list", cache.toString()))) {
                kinds.merge(
                        level + kind + bytes,
                        new Cache(Integer.parseInt(level), kind, bytes, 1),
                        (a, b) -> new Cache(a.level(), a.kind(), a.bytes(), a.count() + b.count()));
            }
        }
        return List.copyOf(kinds.values());
    }

    private static List<Path> folders(Path root) {
        List<Path> found = new ArrayList<>();
        for (Path cpu : list(root, "cpu\\d+")) {
            found.addAll(list(cpu.resolve("cache"), "index\\d+"));
        }
        return found;
    }

    private static List<Path> list(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> String.valueOf(p.getFileName()).matches(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            // Not told to this user: as on a system that tells nobody.
            return List.of();
        }
    }

    private static Map<String, String> told(Path cache) {
        Map<String, String> told = new LinkedHashMap<>();
        for (String name : List.of("level", "type", "size", "shared_cpu_list")) {
            try {
                told.put(name, Files.readString(cache.resolve(name)).strip());
            } catch (IOException e) {
                // Some virtual machines leave some out.
                continue;
            }
        }
        return told;
    }

    /// `32K` → 32768; 0 for what is no size.
    private static long bytes(String size) {
        if (!size.matches("\\d{1,9}[KM]?")) {
            return 0;
        }
        long unit = size.endsWith("K") ? 1 << 10 : size.endsWith("M") ? 1 << 20 : 1;
        return unit * Long.parseLong(size.replaceAll("\\D", ""));
    }
}
