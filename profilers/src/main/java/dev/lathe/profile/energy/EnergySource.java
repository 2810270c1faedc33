package dev.lathe.profile.energy;

import dev.lathe.profile.engine.Availability;
import java.util.List;

/// Counters of energy in the machine. Registered as a service; opened by the process that runs the model, as some are
/// native code. Used from one thread at a time.
public interface EnergySource extends AutoCloseable {

    /// Stable key, e.g. `rapl`.
    String id();

    /// Whether it can be read here, and what would make it readable.
    Availability availability();

    /// The counters now; parts do not overlap. Empty where it is not available.
    List<EnergyCounter> read();

    @Override
    void close();
}
