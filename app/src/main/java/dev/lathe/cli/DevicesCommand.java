package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.profile.device.DeviceStatus;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.EngineCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lathe devices`: what this machine can run models on, and why not on the rest.
@Command(
        name = "devices",
        description = "Lists the devices and engines of this machine, with a reason for what cannot be used.",
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {
    private final Services services;

    @Option(names = "--json", paramLabel = "F", description = "Write the list as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

    DevicesCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws LatheException {
        List<Map<String, @Nullable Object>> devices = new ArrayList<>();
        StringBuilder text = new StringBuilder("Devices\n");
        for (DeviceStatus s : Devices.discover()) {
            Map<String, @Nullable Object> j = new LinkedHashMap<>();
            j.put("id", s.device().id());
            j.put("name", s.device().name());
            j.put("kind", s.device().kind().name().toLowerCase(java.util.Locale.ROOT));
            j.put("cores", s.device().cores());
            j.put(
                    "memoryBytes",
                    s.device().memoryBytes().isPresent()
                            ? s.device().memoryBytes().getAsLong()
                            : null);
            j.put("features", s.device().features());
            j.put("facts", s.facts());
            availability(s.availability(), j);
            devices.add(j);
            text.append(String.format("  %-10s %s", s.device().id(), s.device().name()));
            if (s.device().memoryBytes().isPresent()) {
                text.append(" · ").append(Amounts.bytes(s.device().memoryBytes().getAsLong()));
            }
            text.append(" · ").append(words(s.availability())).append('\n');
        }
        List<Map<String, @Nullable Object>> engines = new ArrayList<>();
        text.append("Engines\n");
        for (EngineCatalog.Entry e : EngineCatalog.all()) {
            Map<String, @Nullable Object> j = new LinkedHashMap<>();
            j.put("id", e.id());
            j.put("title", e.title());
            availability(e.availability(), j);
            engines.add(j);
            text.append(String.format("  %-18s %s · %s%n", e.id(), e.title(), words(e.availability())));
        }
        if (json.isPresent()) {
            JsonOut.write(Map.of("devices", devices, "engines", engines), json.get(), services.out());
        }
        if (json.filter("-"::equals).isEmpty()) {
            services.out().print(text);
        }
        return 0;
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
