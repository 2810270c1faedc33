package dev.lathe.optimize.simplify;

import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.optimize.rewrite.Constants;
import java.util.Set;

/// Which nodes always give the same result for the same inputs, as far as we know their operators.
final class Purity {
    private static final Set<String> RANDOM = Set.of(
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "Multinomial",
            "Bernoulli",
            "Dropout");

    private static final Set<String> KNOWN_DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");

    private Purity() {}

    /// True for operators of the standard domains that are not random, hold no graphs, and are no calls of the
    /// model's own functions. A Dropout counts as random: at inference it is an identity, which is not ours here.
    static boolean isPure(Model model, Node node) {
        return KNOWN_DOMAINS.contains(node.domain())
                && !RANDOM.contains(node.op())
                && node.subgraphs().isEmpty()
                && model.function(node).isEmpty();
    }

    static boolean is(Node node, String op) {
        return node.op().equals(op) && Constants.isDefaultDomain(node.domain());
    }
}
