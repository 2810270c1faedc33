package dev.lathe.graph.verify;

import dev.lathe.graph.DType;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.op.Param;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.verify.OperatorTypes.Formal;
import dev.lathe.graph.verify.OperatorTypes.Many;
import dev.lathe.graph.verify.OperatorTypes.Signature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The inputs and outputs of a node have types that its operator takes and gives in the model's version of the operator
/// set, and those that must be alike are alike.
///
/// Operators outside the standard take what their runtimes build in; of those only what must be alike is checked.
final class ElementTypesRule implements Rule {
    /// Runtimes make it a weight, and weights may be of any type; old exporters wrote integers before they were
    /// allowed.
    private static final String CONSTANT = "Constant";

    private record First(String param, String type) {}

    @Override
    public void check(Subject s) {
        OperatorTypes types = OperatorTypes.standard();
        s.forEachNode((node, graph, opsets) -> s.operator(node).ifPresent(op -> {
            String domain = Subject.domain(node.domain());
            long version = Subject.version(opsets, domain).orElse(1L);
            Optional<Signature> known = types.find(domain, node.op(), version);
            if (known.isPresent()) {
                new OneNode(s, node, known.get(), version).check();
            } else {
                foreign(s, node, op.schema());
            }
        }));
    }

    /// A node of an operator of the standard.
    private record OneNode(Subject s, Node node, Signature signature, long version) {
        void check() {
            // What comes out wrong follows from what goes in wrong.
            if (inputs() && !node.op().equals(CONSTANT)) {
                outputs();
            }
        }

        private boolean inputs() {
            Map<String, First> alike = new HashMap<>();
            boolean right = true;
            for (int i = 0; i < node.inputs().size(); i++) {
                Optional<Formal> formal = signature.input(i);
                Optional<String> type = type(node.inputs().get(i));
                if (formal.isPresent() && type.isPresent()) {
                    Formal f = formal.get();
                    right &= allowed("input", f, type.get(), "takes")
                            && (f.many() == Many.ANY
                                    || ElementTypesRule.alike(s, node, alike, f.type(), f.name(), type.get()));
                }
            }
            return right;
        }

        /// That outputs are what the inputs make them is found by inference.
        private void outputs() {
            for (int i = 0; i < node.outputs().size(); i++) {
                Optional<Formal> formal = signature.output(i);
                Optional<String> type = type(node.outputs().get(i));
                if (formal.isPresent() && type.isPresent()) {
                    allowed("output", formal.get(), type.get(), "gives");
                }
            }
        }

        private Optional<String> type(ValueId id) {
            return id.isPresent() ? OperatorTypes.words(s.inference().type(id)) : Optional.empty();
        }

        private boolean allowed(String what, Formal formal, String type, String verb) {
            Set<String> allowed = signature.allowed(formal);
            boolean right = allowed.contains(type);
            if (!right) {
                s.error(
                        "element-type",
                        "its " + what + " '" + formal.name() + "' is " + type + "; in version " + version + " of "
                                + Subject.words(Subject.domain(node.domain())) + " the operator " + verb + " "
                                + String.join(", ", allowed),
                        node);
            }
            return right;
        }
    }

    private static void foreign(Subject s, Node node, Schema schema) {
        Map<String, First> alike = new HashMap<>();
        List<ValueId> inputs = node.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            Optional<Param> formal = schema.input(i);
            Optional<DType> actual = s.inference().type(inputs.get(i)).dtype();
            if (formal.isEmpty() || actual.isEmpty() || formal.get().type().isEmpty()) {
                continue;
            }
            Param p = formal.get();
            if (p.isVariable()) {
                alike(s, node, alike, p.type(), p.name(), actual.get().text());
            } else if (DType.ofText(p.type()).filter(d -> d != actual.get()).isPresent()) {
                s.error(
                        "element-type",
                        "its input '" + p.name() + "' must be " + p.type() + ", it is "
                                + actual.get().text(),
                        node);
            }
        }
    }

    private static boolean alike(
            Subject s, Node node, Map<String, First> firsts, String variable, String param, String type) {
        First first = firsts.putIfAbsent(variable, new First(param, type));
        boolean right = first == null || first.type().equals(type);
        if (!right && first != null) {
            s.error(
                    "element-types-differ",
                    "its inputs '" + first.param() + "' (" + first.type() + ") and '" + param + "' (" + type
                            + ") must have the same element type",
                    node);
        }
        return right;
    }
}
