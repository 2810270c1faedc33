package dev.lathe.profile.compare;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is kept of a measurement to compare it with another: how it was made, the time of every run, and of every layer
/// in the profiled runs. Times in ms.
///
/// @param conditions how it was made, by name, e.g. `threads` → `2`
/// @param runTimes of runs that were not profiled, in order
public record RunRecord(String model, Map<String, String> conditions, List<Double> runTimes, List<Layer> layers) {
    /// @param kernels the engine's nodes that the layer's time comes from; layers that share one were fused
    /// @param times in the profiled runs, in the same order for all layers
    public record Layer(String name, String op, double typical, Set<String> kernels, List<Double> times) {
        public Layer {
            kernels = Set.copyOf(kernels);
            times = List.copyOf(times);
        }
    }

    public RunRecord {
        conditions = Map.copyOf(conditions);
        runTimes = List.copyOf(runTimes);
        layers = List.copyOf(layers);
    }
}
