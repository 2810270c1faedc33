package dev.lathe.profile.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The graphics cards of a machine and their drivers, in words that change when one of them does: what was measured
/// through an interface that names no card is kept by them.
public final class GraphicsHardware {
    /// With these, Vulkan uses another driver than the system's: a software one, say.
    private static final List<String> OTHER_DRIVERS = List.of("VK_DRIVER_FILES", "VK_ICD_FILENAMES");

    private GraphicsHardware() {}

    /// Empty where no card is listed.
    public static Optional<String> ofThisMachine() {
        return words(new GpuProvider().devices(), System.getenv());
    }

    static Optional<String> words(List<DeviceStatus> cards, Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        for (DeviceStatus card : cards) {
            String driver = card.facts().getOrDefault("Driver", "");
            words.add(card.device().name() + (driver.isBlank() ? "" : " (" + driver + ")"));
        }
        for (String name : OTHER_DRIVERS) {
            Optional.ofNullable(environment.get(name))
                    .filter(v -> !v.isBlank())
                    .ifPresent(v -> words.add(name + "=" + v));
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" · ", words));
    }
}
