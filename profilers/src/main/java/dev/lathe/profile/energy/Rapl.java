package dev.lathe.profile.energy;

import dev.lathe.profile.engine.Availability;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Energy of processor packages and of memory, from the counters of Intel and AMD processors (RAPL) that Linux shows
/// as files, in µJ. A package's figure holds its cores and what else is on it, so these are left out; memory is
/// beside it.
///
/// @see <a href="https://docs.kernel.org/power/powercap/powercap.html">Power Capping Framework</a>
public final class Rapl implements EnergySource {
    private static final String ENERGY = "energy_uj";

    private final Path root;
    private final Map<Path, Zone> zones = new HashMap<>();

    /// A counter that starts again at 0 beyond `range`.
    private static final class Zone {
        private final EnergyCounter.Kind kind;
        private final String part;
        private final long range;
        private long before;
        private long sum;

        Zone(EnergyCounter.Kind kind, String part, long range, long now) {
            this.kind = kind;
            this.part = part;
            this.range = range;
            this.before = now;
        }

        EnergyCounter read(long now) {
            sum += now >= before ? now - before : now - before + range;
            before = now;
            return new EnergyCounter(kind, part, sum / 1e6);
        }
    }

    public Rapl() {
        this(Path.of("/sys/class/powercap"));
    }

    Rapl(Path root) {
        this.root = root;
    }

    @Override
    public String id() {
        return "rapl";
    }

    @Override
    public Availability availability() {
        List<Path> all = folders();
        if (all.isEmpty()) {
            return new Availability.Missing(
                    "this system shows no energy counters of its processor",
                    "On Linux, on an Intel or AMD machine itself rather than a virtual one, they are there.");
        }
        if (all.stream().noneMatch(f -> number(f.resolve(ENERGY)).isPresent())) {
            return new Availability.Missing(
                    "the processor's energy counters may be read by the administrator only",
                    "`sudo chmod a+r " + root.resolve("*").resolve(ENERGY)
                            + "` lets everybody read them until the next start.");
        }
        return new Availability.Ready("energy of processor packages and memory");
    }

    @Override
    public List<EnergyCounter> read() {
        List<EnergyCounter> counters = new ArrayList<>();
        for (Path folder : folders()) {
            OptionalLong now = number(folder.resolve(ENERGY));
            if (now.isPresent()) {
                Zone zone = zones.computeIfAbsent(folder, f -> zone(f, now.getAsLong()));
                counters.add(zone.read(now.getAsLong()));
            }
        }
        return counters;
    }

    private static Zone zone(Path folder, long now) {
        String name = name(folder);
        Path parent = Path.of(folder.toString().replaceFirst(":\\d+$", ""));
        String part = isPackage(folder) ? name : name(parent) + " " + name;
        EnergyCounter.Kind kind = isPackage(folder) ? EnergyCounter.Kind.PROCESSOR : EnergyCounter.Kind.MEMORY;
        return new Zone(
                kind, part, number(folder.resolve("max_energy_range_uj")).orElse(0), now);
    }

    /// Those that do not overlap: packages, and the memory beside each.
    private List<Path> folders() {
        List<Path> found = new ArrayList<>();
        // Not intel-rapl-mmio:…, which shows the same counters once more.
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root, "intel-rapl:*")) {
            for (Path f : all) {
                String name = name(f);
                if (isPackage(f) ? name.startsWith("package") : name.equals("dram")) {
                    found.add(f);
                }
            }
        } catch (IOException none) {
            return List.of();
        }
        found.sort(null);
        return found;
    }

    private static boolean isPackage(Path folder) {
        return folder.getFileName().toString().matches("intel-rapl:\\d+");
    }

    private static String name(Path folder) {
        return text(folder.resolve("name")).orElse("");
    }

    private static OptionalLong number(Path file) {
        try {
            Optional<String> text = text(file);
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {}
}
