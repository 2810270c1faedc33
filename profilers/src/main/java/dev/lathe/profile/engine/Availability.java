package dev.lathe.profile.engine;

/// Whether something (an engine, a device, a sampler) can be used here; people see the words.
public sealed interface Availability {

    /// Usable. `detail` is e.g. a version.
    record Ready(String detail) implements Availability {}

    /// Not usable: why, and what would make it usable.
    record Missing(String reason, String remedy) implements Availability {}
}
