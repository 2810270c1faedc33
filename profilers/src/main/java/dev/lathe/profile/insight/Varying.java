package dev.lathe.profile.insight;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// What in the main graph does not depend on the contents of its inputs. What a node with a body depends on is not
/// looked into: it counts as depending on everything.
final class Varying {
    private static final Set<String> RANDOM = Set.of(
            "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial");

    /// They look at a tensor's sizes only, which are the same in every run of the same sizes.
    private static final Set<String> SIZES = Set.of("Shape", "Size");

    private Varying() {}

    /// Nodes that compute the same in every run, whatever comes in.
    static Set<NodeId> constant(Graph graph) {
        return steady(graph, n -> false);
    }

    /// Nodes that compute the same in every run of the same sizes, and not from constants alone: they follow a Shape or
    /// a Size.
    static Set<NodeId> sizesOnly(Graph graph) {
        Set<NodeId> all = steady(graph, n -> SIZES.contains(n.op()));
        all.removeAll(constant(graph));
        return all;
    }

    private static Set<NodeId> steady(Graph graph, Predicate<Node> anyway) {
        Set<ValueId> steady = new HashSet<>(graph.initializers().keySet());
        graph.inputs().forEach(steady::remove);
        Set<NodeId> nodes = new HashSet<>();
        for (Node n : graph.nodes()) {
            boolean same = n.subgraphs().isEmpty()
                    && !RANDOM.contains(n.op())
                    && (anyway.test(n)
                            || n.inputs().stream().filter(ValueId::isPresent).allMatch(steady::contains));
            if (same) {
                nodes.add(n.id());
                steady.addAll(n.outputs());
            }
        }
        return nodes;
    }
}
