package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts other nodes in the place of one. They are written as in a graph text, may use what is around, and
/// must compute the outputs of the old node that somebody uses.
///
/// @param statements e.g. `y = Gelu(x)`
public record ReplaceNode(String node, String statements) implements Edit {
    @Override
    public String text() {
        return "replace " + GraphText.name(node) + " with {" + statements + "}";
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.NodeAt at = ModelNames.of(model).node(node);
        Graph graph = at.graph();
        ValueNames names = ValueNames.of(at.root());
        Map<String, ValueId> give = new LinkedHashMap<>();
        at.node().outputs().stream().filter(ValueId::isPresent).forEach(o -> give.put(names.of(o), o));
        List<Node> placed = new ArrayList<>();
        OneGraph.Change change = (editor, ids) -> {
            GraphText.Fragment with =
                    Inserted.read(statements, ModelNames.scope(at.root(), graph), give, ids, "replace " + node);
            Set<ValueId> made = new HashSet<>(with.initializers().keySet());
            with.nodes().forEach(n -> made.addAll(n.outputs()));
            for (Map.Entry<String, ValueId> e : give.entrySet()) {
                boolean used = graph.isOutput(e.getValue())
                        || !graph.consumers(e.getValue()).isEmpty();
                if (used && !made.contains(e.getValue())) {
                    throw new LatheException(Diagnostic.error(
                            "edit-output-missing",
                            "the new nodes do not compute '" + e.getKey() + "', which is used",
                            new Place.AtNode(node, at.node().op())));
                }
            }
            Inserted.into(editor, ids, with, give.values(), Inserted.constantNodes(model, at.root(), graph));
            for (Node n : with.nodes()) {
                editor.addBefore(at.node().id(), Inserted.of(n, at.node()));
            }
            placed.addAll(with.nodes());
            editor.remove(at.node().id());
            Inserted.dropWeightsOf(at.node(), graph, with.nodes(), editor);
        };
        Model replaced = OneGraph.change(
                model,
                graph,
                change,
                g -> Inserted.withoutSparseOf(at.node(), graph, placed).apply(g));
        List<Value> typed = give.values().stream()
                .flatMap(o -> graph.value(o).stream())
                .filter(v -> !(v.declared() instanceof ValueType.UnknownType))
                .toList();
        return typed.isEmpty() ? replaced : settled(replaced, typed, Inference.of(replaced, context));
    }

    /// A declared type stays unless the new nodes give something else.
    private static Model settled(Model model, List<Value> typed, Inference found) throws LatheException {
        Model at = model;
        for (Value v : typed) {
            ValueType type = found.type(v.id());
            // Nothing does where nobody used the output; else the text may have told the type.
            Optional<Graph> holds = OneGraph.holding(at, v.id())
                    .filter(g -> g.value(v.id()).filter(v::equals).isPresent());
            if (holds.isPresent() && Contradiction.between(type, v.declared())) {
                at = OneGraph.change(at, holds.get(), (editor, ids) -> editor.declare(v.id(), type));
            }
        }
        return at;
    }
}
