package dev.lathe.app.project;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.profile.RuntimeGraph;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a selection in a model's own graph is in the graph that the runtime made of it, and the other way round. Blocks
/// have the same paths in both, tensors the same names.
public final class RuntimeSelection {
    /// What fits on the plate beside the pointer.
    private static final int MOST_NAMES = 3;

    private final RuntimeGraph runtime;
    private final Graph source;
    private final Map<NodeId, Set<NodeId>> kernels = new HashMap<>();
    private final Map<NodeId, String> names = new HashMap<>();

    public RuntimeSelection(RuntimeGraph runtime, Model source) {
        this.runtime = runtime;
        this.source = source.graph();
        this.source.forEachGraph(g -> g.nodes().forEach(n -> names.put(n.id(), n.shownName())));
        // In the runtime's order, so that of several kernels the first is found.
        runtime.model()
                .graph()
                .forEachGraph(g -> g.nodes()
                        .forEach(n -> runtime.layersOf(n.id())
                                .forEach(layer -> kernels.computeIfAbsent(layer, k -> new LinkedHashSet<>())
                                        .add(n.id()))));
    }

    public Set<NodeId> kernelsOf(NodeId layer) {
        return kernels.getOrDefault(layer, Set.of());
    }

    public Set<NodeId> layersOf(NodeId kernel) {
        return runtime.layersOf(kernel);
    }

    /// Nothing for a layer that the runtime removed, and for a tensor that it has not.
    public Selection ofSource(Selection s) {
        return switch (s) {
            case Selection.None n -> n;
            case Selection.OfScope scope -> scope;
            case Selection.OfNode(NodeId layer) ->
                kernelsOf(layer).stream()
                        .max((a, b) -> Double.compare(part(a, layer), part(b, layer)))
                        .<Selection>map(Selection.OfNode::new)
                        .orElse(Selection.NONE);
            case Selection.OfValue(ValueId value) ->
                named(source.nameOf(value), runtime.model().graph());
        };
    }

    private double part(NodeId kernel, NodeId layer) {
        return runtime.layers().getOrDefault(kernel, Map.of()).getOrDefault(layer, 0.0);
    }

    /// The layer with the largest part; nothing for a kernel that stands for none.
    public Selection inSource(Selection s) {
        return switch (s) {
            case Selection.None n -> n;
            case Selection.OfScope scope -> scope;
            case Selection.OfNode(NodeId kernel) ->
                runtime.mainLayerOf(kernel)
                        .<Selection>map(Selection.OfNode::new)
                        .orElse(Selection.NONE);
            case Selection.OfValue(ValueId value) ->
                named(runtime.model().graph().nameOf(value), source);
        };
    }

    private static Selection named(String name, Graph graph) {
        return graph.valueNamed(name)
                .<Selection>map(v -> new Selection.OfValue(v.id()))
                .orElse(Selection.NONE);
    }

    /// What is told of a kernel beside its own figures: the layers that it stands for, the largest part first.
    public List<String> words(NodeId kernel) {
        List<String> names = runtime.layers().getOrDefault(kernel, Map.of()).entrySet().stream()
                .sorted(Map.Entry.<NodeId, Double>comparingByValue().reversed())
                .flatMap(e -> nameOf(e.getKey()).stream())
                .toList();
        String all = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.isEmpty()
                ? List.of("stands for no layer of the model")
                : List.of("stands for " + all
                        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : ""));
    }

    private Optional<String> nameOf(NodeId layer) {
        return Optional.ofNullable(names.get(layer));
    }

    /// Whether what is selected in the runtime's graph says the same already: a kernel stands for all its layers.
    public boolean standsFor(Selection there, Selection inSource) {
        Optional<NodeId> kernel = there.asNode();
        if (kernel.isEmpty()) {
            return there.equals(ofSource(inSource));
        }
        Set<NodeId> behind = layersOf(kernel.get());
        return inSource.asNode().map(behind::contains).orElse(behind.isEmpty() && inSource.equals(Selection.NONE));
    }
}
