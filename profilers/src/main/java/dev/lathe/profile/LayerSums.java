package dev.lathe.profile;

import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;

/// Times per layer, and in `runs` those of the single runs behind them, that add up: `inLayers` (the layers together) +
/// `outside` = `total`. Every node of the
/// source's main graph is in `layers`, with zero time where the engine needs no kernel for it, and every
/// node of the bodies that ran. Kernels that took longer under the profiler than a whole run without it are
/// corrected: each was shortened by `perKernel`, zero for none, and then all times were multiplied by
/// `scale`, 1 for none. `coverage` is the part, 0…1, of a
/// profiled run that the layers' kernels took by the engine's own clock: no use is made of it here, so it
/// can tell when kernels are missing.
public record LayerSums(
        Map<NodeId, OpStats> layers,
        LayerRuns runs,
        Duration inLayers,
        Duration outside,
        Duration total,
        Duration perKernel,
        double scale,
        OptionalDouble coverage) {
    /// Of nothing.
    public static final LayerSums NONE = new LayerSums(
            Map.of(),
            LayerRuns.NONE,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            1,
            OptionalDouble.empty());

    public LayerSums {
        layers = Collections.unmodifiableMap(layers);
    }
}
