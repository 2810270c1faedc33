package dev.lathe.profile.engine;

import dev.lathe.core.LatheException;
import java.util.Map;

/// Runs a session once with per-kernel profiling; runs without it are not slowed.
public interface Tracer {
    TracedRun trace(Map<String, HostTensor> inputs) throws LatheException;

    /// A profiled run whose profile nobody has read yet.
    interface Unread {
        /// To be called once.
        TracedRun read() throws LatheException;
    }

    /// The run alone: reading its profile may take longer, and can wait until there is time for it.
    default Unread traceUnread(Map<String, HostTensor> inputs) throws LatheException {
        TracedRun run = trace(inputs);
        return () -> run;
    }

    /// What people should know about how the profile is made; empty when there is nothing unusual.
    default String note() {
        return "";
    }
}
