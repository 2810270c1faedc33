package dev.lathe.profile;

import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.memory.PlannedMemory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The graph as the engine ran it (fused, folded, in layouts of its own), with the time of each of its nodes and the
/// link to the source graph. Ids of the two graphs have nothing to do with each other.
///
/// `model` has the engine's large weights only where the source has the same: what the engine made of others is told by
/// size. `kernels` are times by the engine's node, that add up as a run's layers do. `layers` are the source nodes
/// that an engine's node stands for, each with its part of the time; none where it stands for no layer. `planned` is
/// the memory that its tensors take by prediction.
public record RuntimeGraph(
        Model model,
        Map<NodeId, OpStats> kernels,
        Map<NodeId, Map<NodeId, Double>> layers,
        Optional<PlannedMemory> planned) {
    public RuntimeGraph {
        kernels = Map.copyOf(kernels);
        layers = Map.copyOf(layers);
    }

    /// The source nodes behind a node of the engine's.
    public Set<NodeId> layersOf(NodeId kernel) {
        return layers.getOrDefault(kernel, Map.of()).keySet();
    }

    /// The engine's nodes that a source node went into, in the order of their ids; none where the engine removed it.
    public Set<NodeId> kernelsOf(NodeId layer) {
        Set<NodeId> found = new LinkedHashSet<>();
        layers.entrySet().stream()
                .filter(e -> e.getValue().containsKey(layer))
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(found::add);
        return found;
    }

    /// All links from the source's side.
    public Map<NodeId, Set<NodeId>> byLayer() {
        Map<NodeId, Set<NodeId>> by = new HashMap<>();
        new LinkedHashMap<>(layers)
                .forEach((kernel, parts) -> parts.keySet()
                        .forEach(l -> by.computeIfAbsent(l, k -> new LinkedHashSet<>())
                                .add(kernel)));
        return by;
    }
}
