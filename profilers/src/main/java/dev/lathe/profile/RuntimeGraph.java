package dev.lathe.profile;

import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.memory.PlannedMemory;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The graph as the engine ran it (fused, folded, in layouts of its own), with the time of each of its nodes and the
/// link to the source graph. Ids of the two graphs have nothing to do with each other.
///
/// `analysis` is of the engine's model at the sizes of the run. It has the engine's large weights only where the source
/// has the same: of what the engine made of others it knows the size. `kernels` are times by the engine's node, that
/// add up as a run's layers do. `layers` are the source nodes
/// that an engine's node stands for, each with its part of the time; none where it stands for no layer. `planned` is
/// the memory that its tensors take by prediction.
public record RuntimeGraph(
        Analysis analysis,
        Map<NodeId, OpStats> kernels,
        Map<NodeId, Map<NodeId, Double>> layers,
        Optional<PlannedMemory> planned) {
    public RuntimeGraph {
        kernels = Map.copyOf(kernels);
        layers = Map.copyOf(layers);
    }

    public Model model() {
        return analysis.model();
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

    /// The source node that has the largest part of the time of an engine's node; of equals the one that stands last,
    /// which computes the result.
    public Optional<NodeId> mainLayerOf(NodeId kernel) {
        return layers.getOrDefault(kernel, Map.of()).entrySet().stream()
                .max(Map.Entry.<NodeId, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }
}
