package dev.lathe.app.split;

import dev.lathe.graph.target.Device;
import java.util.Optional;

/// A device that a stage could run on. `unavailable` says why not and what would help, where it cannot.
public record DeviceChoice(Device device, Optional<String> unavailable) {}
