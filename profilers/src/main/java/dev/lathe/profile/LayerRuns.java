package dev.lathe.profile;

import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What each layer took in each of the profiled runs that are kept, the slow ones too, one after the other as they were
/// made and in the same order for all layers: so that layers can be added up run by run, and runs be resampled.
public final class LayerRuns {
    public static final LayerRuns NONE = new LayerRuns(Map.of());

    private final Map<NodeId, long[]> nanos;

    /// @param nanos of each run, as many for every layer
    public LayerRuns(Map<NodeId, long[]> nanos) {
        this.nanos = new HashMap<>();
        nanos.forEach((id, all) -> this.nanos.put(id, all.clone()));
    }

    /// Empty for a layer that was not measured.
    public List<Duration> of(NodeId layer) {
        return Arrays.stream(nanos.getOrDefault(layer, new long[0]))
                .mapToObj(Duration::ofNanos)
                .toList();
    }
}
