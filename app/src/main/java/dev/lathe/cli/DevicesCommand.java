package dev.lathe.cli;

import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.profile.ceiling.CeilingFiles;
import dev.lathe.profile.ceiling.CeilingMeasurement;
import dev.lathe.profile.ceiling.CeilingSetup;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.device.CpuCaches;
import dev.lathe.profile.device.DeviceStatus;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lathe devices`: what this machine can run models on, what that gives at most, and why not on the rest.
@Command(
        name = "devices",
        description = "Lists the devices and engines of this machine, with a reason for what cannot be used.",
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {
    private final Services services;

    @Option(
            names = "--measure",
            description = "Measure what each device gives at most: memory bandwidth and matrix multiplications. "
                    + "Takes some seconds a device; the result is kept, and 'lathe run' compares layers with it.")
    private boolean measure;

    @Option(names = "--device", paramLabel = "ID", description = "List and measure this device only.")
    private Optional<String> only = Optional.empty();

    @Option(names = "--json", paramLabel = "F", description = "Write the list as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

    DevicesCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws LatheException {
        OutputFile.check("--json", json.map(Path::of));
        // From the start: looking for devices takes a moment, too.
        Optional<JobContext> measuring = measure ? Optional.of(services.job()) : Optional.empty();
        List<DeviceStatus> all = devices();
        Map<String, Ceilings> ceilings =
                measuring.map(job -> measured(all, job)).orElseGet(() -> kept(all));
        List<EngineCatalog.Entry> engines = EngineCatalog.all();
        if (json.isPresent()) {
            Map<String, Object> j = new LinkedHashMap<>();
            j.put("devices", all.stream().map(s -> json(s, ceilings)).toList());
            j.put("engines", engines.stream().map(DevicesCommand::json).toList());
            JsonOut.write(j, json.get(), services.out());
        }
        if (json.filter("-"::equals).isEmpty()) {
            services.out().print(text(all, engines, ceilings));
        }
        return 0;
    }

    private List<DeviceStatus> devices() throws LatheException {
        List<DeviceStatus> all = Devices.discover();
        if (only.isEmpty()) {
            return all;
        }
        return List.of(Devices.find(only.get(), all)
                .orElseThrow(() -> TargetOptions.noSuchDevice("--device", only.get(), all)));
    }

    /// How a device runs models when nothing else is asked for.
    private static CeilingSetup usual(DeviceStatus s) {
        return CeilingSetup.of(RunTarget.usual(EngineCatalog.DEFAULT, s.device()));
    }

    private static Map<String, Ceilings> kept(List<DeviceStatus> all) {
        CeilingFiles files = CeilingFiles.ofThisUser();
        Map<String, Ceilings> found = new LinkedHashMap<>();
        all.forEach(
                s -> files.find(usual(s)).ifPresent(c -> found.put(s.device().id(), c)));
        return found;
    }

    /// Each is kept as soon as it is there: Ctrl-C loses only the one that it meets.
    private Map<String, Ceilings> measured(List<DeviceStatus> all, JobContext command) {
        CeilingFiles files = CeilingFiles.ofThisUser();
        CeilingMeasurement measurement = new CeilingMeasurement(services.profiler(), CpuCaches.lastLevel());
        Map<String, Ceilings> found = new LinkedHashMap<>();
        try (TerminalProgress job = new TerminalProgress(command, services.err(), "measuring ")) {
            for (DeviceStatus s : all) {
                if (s.availability() instanceof Availability.Ready) {
                    Ceilings c = measurement.measure(s.device(), EngineCatalog.DEFAULT, job);
                    found.put(s.device().id(), c);
                    keep(files, c);
                }
            }
        }
        return found;
    }

    /// The figures are there all the same.
    private void keep(CeilingFiles files, Ceilings ceilings) {
        try {
            files.write(ceilings);
        } catch (IOException e) {
            services.err()
                    .println("lathe: the ceilings of " + ceilings.setup().device() + " could not be kept: "
                            + FileReason.of(e) + ".");
        }
    }

    private static Map<String, @Nullable Object> json(DeviceStatus s, Map<String, Ceilings> ceilings) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("id", s.device().id());
        j.put("name", s.device().name());
        j.put("kind", s.device().kind().name().toLowerCase(Locale.ROOT));
        j.put("cores", s.device().cores());
        j.put(
                "memoryBytes",
                s.device().memoryBytes().isPresent() ? s.device().memoryBytes().getAsLong() : null);
        j.put("features", s.device().features());
        j.put("facts", s.facts());
        availability(s.availability(), j);
        j.put(
                "ceilings",
                Optional.ofNullable(ceilings.get(s.device().id()))
                        .map(CeilingWords::json)
                        .orElse(null));
        return j;
    }

    private static Map<String, @Nullable Object> json(EngineCatalog.Entry e) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("id", e.id());
        j.put("title", e.title());
        availability(e.availability(), j);
        return j;
    }

    private String text(List<DeviceStatus> all, List<EngineCatalog.Entry> engines, Map<String, Ceilings> ceilings) {
        StringBuilder text = new StringBuilder("Devices\n");
        for (DeviceStatus s : all) {
            text.append(String.format("  %-10s %s", s.device().id(), s.device().name()));
            if (s.device().memoryBytes().isPresent()) {
                text.append(" · ").append(Amounts.bytes(s.device().memoryBytes().getAsLong()));
            }
            text.append(" · ").append(words(s.availability())).append('\n');
            if (only.isPresent()) {
                s.facts().forEach((name, fact) -> text.append(String.format("    %-20s %s%n", name, fact)));
            }
        }
        text.append("Engines\n");
        for (EngineCatalog.Entry e : engines) {
            text.append(String.format("  %-18s %s · %s%n", e.id(), e.title(), words(e.availability())));
        }
        if (!ceilings.isEmpty()) {
            text.append(CeilingWords.table(new ArrayList<>(ceilings.values())));
        }
        return text.toString();
    }

    private static void availability(Availability a, Map<String, @Nullable Object> j) {
        switch (a) {
            case Availability.Ready r -> {
                j.put("available", true);
                j.put("detail", r.detail());
            }
            case Availability.Missing m -> {
                j.put("available", false);
                j.put("reason", m.reason());
                j.put("remedy", m.remedy());
            }
        }
    }

    private static String words(Availability a) {
        return switch (a) {
            case Availability.Ready r -> "ready" + (r.detail().isEmpty() ? "" : " (" + r.detail() + ")");
            case Availability.Missing m -> "unavailable: " + m.reason() + " " + m.remedy();
        };
    }
}
