package dev.lathe.profile.engine;

import java.time.Duration;
import java.util.List;

/// The kernels of one profiled run in the order in which they ended (so what runs inside an If, Loop or
/// Scan stands before it), and `wall`: how long the run took by the engine's own clock, zero where it does
/// not tell.
public record TracedRun(List<KernelEvent> kernels, Duration wall) {
    public TracedRun {
        kernels = List.copyOf(kernels);
    }
}
