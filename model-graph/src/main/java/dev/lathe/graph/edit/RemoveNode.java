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
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.text.GraphText;
import java.util.List;
import java.util.Optional;

/// Takes a node out, and the weights that only it used: who used its output uses its first input that is no constant
/// instead; where all are, the first that a node gives.
public record RemoveNode(String node) implements Edit {
    @Override
    public String text() {
        return "remove " + GraphText.name(node);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.NodeAt at = ModelNames.of(model).node(node);
        Node n = at.node();
        Graph graph = at.graph();
        List<ValueId> used = n.outputs().stream()
                .filter(o -> o.isPresent()
                        && (graph.isOutput(o) || !graph.consumers(o).isEmpty()))
                .toList();
        Constants constants = new Constants(model);
        Optional<ValueId> instead = n.inputs().stream()
                .filter(i -> i.isPresent() && !constants.has(i))
                .findFirst()
                .or(() -> n.inputs().stream()
                        .filter(i -> i.isPresent() && graph.producer(i).isPresent())
                        .findFirst());
        if (used.size() > 1 || used.size() == 1 && instead.isEmpty()) {
            throw cannot(
                    n,
                    used.size() > 1
                            ? "several of its outputs are used"
                            : "its output is used, and it has no input that could take its place");
        }
        boolean end = instead.isPresent() && used.stream().anyMatch(graph::isOutput);
        ValueType type = end
                ? typeAtEnd(graph, used.getFirst(), instead.get(), Inference.of(model, context))
                : ValueType.unknown();
        OneGraph.Change change = (editor, ids) -> {
            if (!used.isEmpty() && !editor.redirect(used.getFirst(), instead.orElseThrow())) {
                throw cannot(n, "it gives an output of the graph that nothing else can give");
            }
            if (end) {
                editor.declare(instead.get(), type);
            }
            editor.remove(n.id());
            Inserted.dropWeightsOf(n, graph, List.of(), editor);
        };
        return OneGraph.change(model, graph, change, Inserted.withoutSparseOf(n, graph, List.of()));
    }

    private static ValueType typeAtEnd(Graph graph, ValueId from, ValueId to, Inference types) {
        ValueType declared = graph.value(from).map(Value::declared).orElse(ValueType.unknown());
        return EndType.of(declared, types.type(from), types.type(to));
    }

    private LatheException cannot(Node n, String why) {
        return new LatheException(
                Diagnostic.error("edit-not-removable", "cannot be taken out: " + why, new Place.AtNode(node, n.op()))
                        .withRemedy("Replace it, or let its users take other tensors first."));
    }
}
