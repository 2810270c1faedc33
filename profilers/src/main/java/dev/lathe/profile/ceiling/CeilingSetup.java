package dev.lathe.profile.ceiling;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.device.GraphicsHardware;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import java.util.List;

/// What ceilings hold for: a device (its id, its name with the processor's model or the graphics cards and their
/// drivers, its cores), so many threads, and an engine in one version. Where one of these differs, a run has other
/// ceilings.
public record CeilingSetup(
        String device, String deviceName, List<Integer> cores, int threads, String engine, String engineVersion) {
    public CeilingSetup {
        cores = List.copyOf(cores);
    }

    /// That of a run; the engine's version is what its availability tells.
    public static CeilingSetup of(RunTarget target) {
        String version = EngineCatalog.all().stream()
                .filter(e -> e.id().equals(target.engine()))
                .map(e -> e.availability() instanceof Availability.Ready(String detail) ? detail : "")
                .findFirst()
                .orElse("");
        return new CeilingSetup(
                target.device().id(),
                target.device().name() + hardware(target.device()),
                target.device().cores(),
                target.threads(),
                target.engine(),
                version);
    }

    /// Execution providers are called the same on every machine: which cards they reach there, and by which driver.
    private static String hardware(Device device) {
        return device.kind() == DeviceKind.CPU || device.kind() == DeviceKind.CPU_GROUP
                ? ""
                : GraphicsHardware.ofThisMachine().map(w -> " · " + w).orElse("");
    }
}
