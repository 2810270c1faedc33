package dev.lathe.profile;

import dev.lathe.graph.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// One profiled run, in ns: the time of each layer, that of kernels which no layer stands behind, and how
/// long the run took with everything (0 where the engine does not tell). `counts` are the layers' kernels,
/// in parts where one is shared, `unmappedCount` those without a layer, `events` all of them; `between` is,
/// for a node that runs a body, how many kernels ran directly inside: the profiler's work for these is in
/// its time.
record ProfiledRun(
        Map<NodeId, Double> layers,
        Map<NodeId, Double> counts,
        Map<NodeId, Double> between,
        double unmapped,
        double unmappedCount,
        double wall,
        int events) {

    double mapped() {
        return layers.values().stream().mapToDouble(d -> d).sum();
    }

    double kernels() {
        return mapped() + unmapped;
    }

    OptionalDouble coverage() {
        return wall > 0 ? OptionalDouble.of(Math.min(1, mapped() / wall)) : OptionalDouble.empty();
    }

    /// What lies between kernels, for each of them: 0 where the engine does not tell. What a node that runs a body
    /// takes itself lies between the kernels of that body.
    double gap() {
        double bodies = between.keySet().stream()
                .mapToDouble(id -> layers.getOrDefault(id, 0.0))
                .sum();
        return wall > 0 && events > 0 ? Math.max(0, (wall - kernels() + bodies) / events) : 0;
    }

    /// A layer's time and its kernels.
    Surcharge.Load load(NodeId id) {
        return new Surcharge.Load(layers.getOrDefault(id, 0.0), counts.getOrDefault(id, 0.0));
    }

    /// What the profiler does per kernel, if such a run takes `latency` without it.
    double perEvent(double latency) {
        return wall > 0 && events > 0 ? Math.max(0, (wall - latency) / events) : 0;
    }

    /// The same without the profiler's work inside nodes that run bodies.
    ProfiledRun without(double perEvent) {
        Map<NodeId, Double> less = new HashMap<>(layers);
        between.forEach((id, n) -> less.computeIfPresent(id, (k, own) -> new Surcharge.Load(own, n).without(perEvent)));
        return new ProfiledRun(less, counts, between, unmapped, unmappedCount, wall, events);
    }
}
