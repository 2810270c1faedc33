package dev.lathe.profile.engine;

import dev.lathe.core.LatheException;
import java.util.Map;

/// Runs a session once with per-kernel profiling; runs without it are not slowed.
public interface Tracer {
    TracedRun trace(Map<String, HostTensor> inputs) throws LatheException;

    /// What people should know about how the profile is made; empty when there is nothing unusual.
    default String note() {
        return "";
    }
}
