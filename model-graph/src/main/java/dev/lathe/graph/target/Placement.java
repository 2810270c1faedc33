package dev.lathe.graph.target;

import dev.lathe.graph.NodeId;
import java.util.List;
import java.util.Optional;

/// Which node of the main graph runs in which stage. For a pipeline the stages are in order of execution and
/// data only flows forward.
public record Placement(List<Stage> stages) {
    public Placement {
        stages = List.copyOf(stages);
    }

    public Optional<Stage> stageOf(NodeId node) {
        return stages.stream().filter(s -> s.nodes().contains(node)).findFirst();
    }
}
