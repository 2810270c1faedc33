package dev.lathe.optimize.partition;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.optimize.rewrite.Constants;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// The nodes whose outputs do not depend on the model's inputs: `Constant` nodes and what is computed from
/// constants only. Every stage that needs such a value computes it itself (an engine folds it when it opens the
/// model) instead of having it sent with each request.
final class ConstantNodes {
    private static final Set<String> RANDOM = Set.of(
            "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli");

    private ConstantNodes() {}

    static Set<Node> of(Model model) {
        Graph graph = model.graph();
        Set<ValueId> constant = new HashSet<>(Constants.of(model).all().keySet());
        Set<Node> found = new LinkedHashSet<>();
        for (Node n : graph.nodes()) {
            boolean fixed = n.subgraphs().isEmpty()
                    && !RANDOM.contains(n.op())
                    && n.inputs().stream().allMatch(i -> !i.isPresent() || constant.contains(i));
            if (fixed) {
                found.add(n);
                constant.addAll(n.outputs());
            }
        }
        return found;
    }
}
