package dev.lathe.profile.device;

import dev.lathe.graph.target.Device;
import dev.lathe.profile.engine.Availability;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A device, whether it can be used, and what else is known of it: `facts` are name and text for people, in
/// order (caches, physical cores, container limits, …).
public record DeviceStatus(Device device, Availability availability, Map<String, String> facts) {
    public DeviceStatus {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /// With the facts that another source knows about the same device behind ours; ours win where both have one.
    DeviceStatus withMoreFacts(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(facts);
        more.forEach(all::putIfAbsent);
        return new DeviceStatus(device, availability, all);
    }
}
