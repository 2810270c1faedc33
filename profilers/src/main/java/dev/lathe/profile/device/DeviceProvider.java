package dev.lathe.profile.device;

import java.util.List;

/// A source of devices: one per vendor interface. Registered as a service.
///
/// Providers are asked in the order in which they are registered. When two name the same device id the first
/// one's description stands and the other's facts are added to it.
public interface DeviceProvider {

    /// Name of the source for people, e.g. "OSHI".
    String source();

    /// What is there, usable or not. Must not download, open a port or load a model; may take up to a second,
    /// so call it in a background job.
    List<DeviceStatus> devices();
}
