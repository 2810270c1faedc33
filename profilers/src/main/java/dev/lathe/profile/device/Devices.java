package dev.lathe.profile.device;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.pack.Packs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;

/// All devices that the registered providers find on this machine.
public final class Devices {
    private Devices() {}

    /// The devices, the whole CPU first. Takes about half a second at first use: call it in a background job.
    public static List<DeviceStatus> discover() {
        List<DeviceProvider> providers = new ArrayList<>();
        ServiceLoader.load(DeviceProvider.class, Devices.class.getClassLoader()).forEach(providers::add);
        return discover(providers);
    }

    /// The device with this id, where there is one.
    public static Optional<DeviceStatus> find(String id, List<DeviceStatus> among) {
        return among.stream().filter(s -> s.device().id().equals(id)).findFirst();
    }

    static List<DeviceStatus> discover(List<DeviceProvider> providers) {
        Map<String, DeviceStatus> found = new LinkedHashMap<>();
        for (DeviceProvider provider : providers) {
            for (DeviceStatus status : statuses(provider)) {
                found.merge(status.device().id(), status, (first, more) -> first.withMoreFacts(more.facts()));
            }
        }
        return List.copyOf(found.values());
    }

    /// A source may fail in its native library; the list then says so instead of ending.
    private static List<DeviceStatus> statuses(DeviceProvider provider) {
        try {
            return provider.devices();
        } catch (RuntimeException | LinkageError e) {
            String id = "source:" + provider.source().toLowerCase(java.util.Locale.ROOT);
            Device nothing =
                    new Device(id, provider.source(), DeviceKind.DESCRIBED, List.of(), OptionalLong.empty(), List.of());
            return List.of(new DeviceStatus(
                    nothing,
                    new Availability.Missing(
                            provider.source() + " could not be asked for devices: " + e,
                            "The other devices are not affected; restart Lathe to ask again."),
                    Map.of()));
        }
    }

    /// Those of [#discover] that this system can have, usable or not: without what is a part of another system.
    public static List<DeviceStatus> possibleHere() {
        Packs packs = Packs.ofThisUser();
        return discover().stream()
                .filter(s -> Accelerator.of(s.device())
                        .map(a -> packs.exists(a.provider()))
                        .orElse(true))
                .toList();
    }
}
