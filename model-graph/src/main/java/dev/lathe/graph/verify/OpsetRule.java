package dev.lathe.graph.verify;

import dev.lathe.graph.Node;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Every operator exists in the version of its operator set that the model imports, and the set is imported at all.
/// What the standard took out, ONNX Runtime refuses where the schema says so, and else runs.
final class OpsetRule implements Rule {
    private static final Set<String> STANDARD =
            Set.of("", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training", "ai.onnx.preview");
    /// What ONNX Runtime has in every version of ai.onnx, and its optimizer writes into models of older ones.
    private static final Set<String> IN_RUNTIME_SINCE_1 =
            Set.of("LayerNormalization", "MeanVarianceNormalization", "ThresholdedRelu");

    @Override
    public void check(Subject s) {
        Set<String> reported = new HashSet<>();
        s.forEachNode((node, graph, opsets) -> {
            String domain = Subject.domain(node.domain());
            Optional<Long> version = Subject.version(opsets, domain);
            if (version.isEmpty()
                    && !(domain.isEmpty() && s.model().irVersion() < 3)
                    && reported.add(domain + "/" + opsets)) {
                s.error(
                        "opset-missing",
                        "the operator set " + Subject.words(domain) + " is not among the imports of the model",
                        node);
            }
            node(s, node, domain, version.orElse(1L));
        });
    }

    private static void node(Subject s, Node node, String domain, long version) {
        if (s.function(node).isPresent()) {
            return;
        }
        Optional<OpSpec> op = s.operator(node);
        if (op.isEmpty()) {
            if (STANDARD.contains(domain)) {
                s.error("operator-unknown", "the standard has no operator of this name", node);
            } else if (s.model().functions().stream()
                    .anyMatch(f -> Subject.domain(f.domain()).equals(domain))) {
                s.error(
                        "operator-unknown",
                        "the model has functions of " + Subject.words(domain) + ", but none of this name",
                        node);
            } else {
                s.warning(
                        "operator-unknown",
                        "nobody knows this operator here: its inputs, outputs and attributes are not checked",
                        node);
            }
            return;
        }
        Schema schema = op.get().schema();
        if (STANDARD.contains(domain)
                && !schema.since().isEmpty()
                && version < schema.since().getFirst()) {
            String sentence = "the operator exists since version "
                    + schema.since().getFirst() + " of " + Subject.words(domain) + ", the model imports version "
                    + version;
            if (domain.isEmpty() && IN_RUNTIME_SINCE_1.contains(node.op())) {
                s.warning("operator-too-new", sentence + "; ONNX Runtime takes it all the same", node);
            } else {
                s.error("operator-too-new", sentence, node);
            }
        }
        if (STANDARD.contains(domain)) {
            gone(s, node, schema, domain, version);
        }
    }

    private static void gone(Subject s, Node node, Schema schema, String domain, long version) {
        OperatorTypes types = OperatorTypes.standard();
        Optional<Integer> gone = schema.deprecated().filter(d -> version >= d);
        if (gone.isPresent()) {
            s.error(
                    "operator-deprecated",
                    "the operator was taken out in version " + gone.get() + " of " + Subject.words(domain)
                            + ", the model imports version " + version,
                    node);
        } else if (!types.operators(domain).contains(node.op())) {
            s.warning(
                    "operator-nonstandard",
                    "the standard does not have the operator, or had it as an experiment; ONNX Runtime has it"
                            + schema.deprecated()
                                    .map(d -> " up to version " + (d - 1) + " of " + Subject.words(domain))
                                    .orElse(""),
                    node);
        } else if (types.find(domain, node.op(), version)
                .filter(OperatorTypes.Signature::isDeprecated)
                .isPresent()) {
            s.warning(
                    "operator-deprecated",
                    "the standard does not allow the operator in version " + version + " of " + Subject.words(domain)
                            + "; ONNX Runtime takes it all the same",
                    node);
        }
    }
}
