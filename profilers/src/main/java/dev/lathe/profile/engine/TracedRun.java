package dev.lathe.profile.engine;

import java.time.Duration;
import java.util.List;

/// The kernels of one profiled run in the order in which they ended (so what runs inside an If, Loop or
/// Scan stands before it), and `wall`: how long the run took by the engine's own clock, zero where it does
/// not tell. `handovers` are what went from device to device outside of the kernels.
public record TracedRun(List<KernelEvent> kernels, Duration wall, List<Handover> handovers) {
    public TracedRun {
        kernels = List.copyOf(kernels);
        handovers = List.copyOf(handovers);
    }

    /// Of an engine that hands nothing over.
    public TracedRun(List<KernelEvent> kernels, Duration wall) {
        this(kernels, wall, List.of());
    }

    /// The same with the device of each kernel: those that do not say it ran where this was to run.
    public TracedRun on(RunTarget target) {
        return new TracedRun(
                kernels.stream()
                        .map(k -> k.device().isEmpty() ? k.on(target.deviceOf(k.provider())) : k)
                        .toList(),
                wall,
                handovers);
    }
}
