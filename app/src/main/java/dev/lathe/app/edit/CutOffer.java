package dev.lathe.app.edit;

import dev.lathe.app.edit.EditOffer.Kind;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.text.GraphText;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is offered for a block of layers: to keep it alone, between the tensors that go in and those that come out.
final class CutOffer {
    private CutOffer() {}

    /// Empty when nothing goes in or comes out, or the block is not of the main graph.
    static Optional<EditOffer> of(Graph graph, Collection<NodeId> block) {
        List<Node> inside = block.stream()
                .flatMap(id -> graph.node(id).stream())
                .filter(n -> !n.op().equals("Constant"))
                .toList();
        Set<NodeId> ids = new HashSet<>(block);
        Set<ValueId> in = new LinkedHashSet<>();
        Set<ValueId> out = new LinkedHashSet<>();
        for (Node n : inside) {
            n.inputs().forEach(i -> enters(graph, ids, i, in));
            n.subgraphs().forEach(b -> b.captures().forEach(i -> enters(graph, ids, i, in)));
            for (ValueId o : n.outputs()) {
                boolean leaves = o.isPresent()
                        && (graph.isOutput(o) || graph.consumers(o).stream().anyMatch(c -> !ids.contains(c.id())));
                if (leaves) {
                    out.add(o);
                }
            }
        }
        if (in.isEmpty() || out.isEmpty()) {
            return Optional.empty();
        }
        ValueNames names = ValueNames.of(graph);
        return Optional.of(EditOffer.of(
                Kind.CUT,
                "Cut out…",
                "cut " + list(in, names) + " -> " + list(out, names),
                "",
                "",
                "Only this part stays, as a model of its own with these inputs and outputs."));
    }

    private static void enters(Graph graph, Set<NodeId> block, ValueId value, Set<ValueId> in) {
        boolean constant = value.isPresent() && graph.initializer(value).isPresent();
        Optional<Node> by = graph.producer(value);
        boolean inside = by.filter(n -> block.contains(n.id()) || n.op().equals("Constant"))
                .isPresent();
        if (value.isPresent() && !constant && !inside) {
            in.add(value);
        }
    }

    private static String list(Set<ValueId> values, ValueNames names) {
        return values.stream().map(v -> GraphText.name(names.of(v))).collect(Collectors.joining(", ", "(", ")"));
    }
}
