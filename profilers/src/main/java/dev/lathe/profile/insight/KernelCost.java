package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.List;

/// A kernel of the run, what it took of a run of median latency (an estimate: the engine's clock told it of one
/// profiled run), and the layers that it computes.
public record KernelCost(KernelEvent kernel, Duration perRun, List<NodeId> layers) {
    public KernelCost {
        layers = List.copyOf(layers);
    }
}
