package dev.lathe.profile.device.sample;

import dev.lathe.core.Quantity;
import dev.lathe.profile.engine.Availability;
import java.util.Map;

/// Reads what the machine or one process is doing now, in under a millisecond. Registered as a service; every
/// user makes its own (it may remember the sample before). Used from one thread.
public interface Sampler {

    /// Stable key, e.g. `cpu`.
    String id();

    Availability availability();

    /// The newest values by name, e.g. `core 0` → 37 %; empty at the first call where a value needs two.
    ///
    /// @param pid the process that is measured; samplers of the whole machine ignore it
    Map<String, Quantity> sample(long pid);
}
