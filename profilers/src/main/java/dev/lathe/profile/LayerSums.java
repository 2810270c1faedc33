package dev.lathe.profile;

import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;

/// Times per layer that add up: `inLayers` (the layers together) + `outside` = `total`. Every node of the source's
/// main graph is in `layers`, with zero time where the engine needs no kernel for it. `scale` is the factor that all
/// times were corrected by, 1 for none.
public record LayerSums(
        Map<NodeId, OpStats> layers, Duration inLayers, Duration outside, Duration total, double scale) {
    public LayerSums {
        layers = Collections.unmodifiableMap(layers);
    }
}
