package dev.lathe.graph.verify;

import dev.lathe.graph.DType;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.op.Param;
import dev.lathe.graph.op.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The inputs of a node have the element types that its operator takes, and those that must be alike are alike.
final class ElementTypesRule implements Rule {
    private record First(String param, DType dtype) {}

    @Override
    public void check(Subject s) {
        s.forEachNode((node, graph, opsets) -> s.operator(node).ifPresent(op -> node(s, node, op.schema())));
    }

    private static void node(Subject s, Node node, Schema schema) {
        Map<String, First> variables = new HashMap<>();
        List<ValueId> inputs = node.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            Optional<Param> formal = schema.input(i);
            Optional<DType> actual = s.inference().type(inputs.get(i)).dtype();
            if (formal.isEmpty() || actual.isEmpty() || formal.get().type().isEmpty()) {
                continue;
            }
            Param p = formal.get();
            if (p.isVariable()) {
                First first = variables.putIfAbsent(p.type(), new First(p.name(), actual.get()));
                if (first != null && first.dtype() != actual.get()) {
                    s.error(
                            "element-types-differ",
                            "its inputs '" + first.param() + "' ("
                                    + first.dtype().text() + ") and '" + p.name() + "' ("
                                    + actual.get().text() + ") must have the same element type",
                            node);
                }
            } else if (DType.ofText(p.type()).filter(d -> d != actual.get()).isPresent()) {
                s.error(
                        "element-type",
                        "its input '" + p.name() + "' must be " + p.type() + ", it is "
                                + actual.get().text(),
                        node);
            }
        }
    }
}
