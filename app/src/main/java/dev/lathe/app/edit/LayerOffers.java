package dev.lathe.app.edit;

import dev.lathe.app.edit.EditOffer.Kind;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.edit.ModelNames;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is offered for one layer.
final class LayerOffers {
    /// Longer texts of nodes are no help to whoever replaces the node.
    private static final int LONGEST = 600;

    private final Model model;
    private final Node node;
    private final String name;

    private LayerOffers(Model model, Node node, String name) {
        this.model = model;
        this.node = node;
        this.name = GraphText.name(name);
    }

    static List<EditOffer> of(Analysis shown, NodeId id) {
        Model model = shown.model();
        Optional<String> name = ModelNames.nodeName(model, id);
        Optional<Graph> graph = graphOf(model.graph(), id);
        if (name.isEmpty() || graph.isEmpty()) {
            return List.of();
        }
        Node node = graph.get().node(id).orElseThrow();
        return new LayerOffers(model, node, name.get()).offers(shown, graph.get());
    }

    private static Optional<Graph> graphOf(Graph graph, NodeId id) {
        if (graph.node(id).isPresent()) {
            return Optional.of(graph);
        }
        return graph.nodes().stream()
                .flatMap(n -> n.subgraphs().stream())
                .flatMap(b -> graphOf(b, id).stream())
                .findFirst();
    }

    private List<EditOffer> offers(Analysis shown, Graph graph) {
        List<EditOffer> all = new ArrayList<>();
        all.add(EditOffer.of(
                Kind.RENAME,
                "Rename…",
                "rename node " + name + " to ",
                GraphText.name(node.shownName()),
                "",
                "The layer gets another name; what it computes stays."));
        node.attrs().entries().forEach(e -> attribute(e).ifPresent(all::add));
        all.add(EditOffer.of(
                Kind.SET,
                "Set another attribute…",
                "set " + name + " ",
                "name",
                " = 1",
                "Values: 3, 0.5, \"SAME_UPPER\", [2, 2], float32[2] {1.0, 2.0}. 'unset LAYER NAME' takes one away."));
        all.add(EditOffer.of(
                Kind.REMOVE,
                "Remove",
                "remove " + name,
                "",
                "",
                "What used its output takes its first input that is no constant."));
        all.add(replace(graph));
        node.outputs().stream().filter(ValueId::isPresent).findFirst().ifPresent(output -> {
            TensorOffers tensor = TensorOffers.at(shown, output);
            all.add(tensor.insert());
            tensor.output().ifPresent(all::add);
        });
        return all;
    }

    private Optional<EditOffer> attribute(Attrs.Entry e) {
        boolean large = e.value() instanceof Attr.TensorAttr(Tensor t) && t.elements() > GraphText.INLINE_ELEMENTS;
        if (large || !node.subgraphs().isEmpty() && e.value() instanceof Attr.GraphAttr) {
            return Optional.empty();
        }
        return Optional.of(EditOffer.of(
                        Kind.SET,
                        "Set " + e.name() + "…",
                        "set " + name + " " + GraphText.name(e.name()) + " = ",
                        GraphText.print(e.value()),
                        "",
                        "Values: 3, 0.5, \"SAME_UPPER\", [2, 2]. 'unset LAYER NAME' takes the attribute away."))
                .filter(EditOffer::isReadable);
    }

    /// The node itself as its own replacement, so that what differs is all that is left to write.
    private EditOffer replace(Graph graph) {
        ValueNames names = ValueNames.of(model.graph());
        String whole = node.subgraphs().isEmpty() ? GraphText.print(graph, node, names) : "";
        String text = whole.isEmpty() || whole.length() > LONGEST ? identity(names) : whole;
        String op = text.equals(whole) ? GraphText.name(node.op()) : "Identity";
        int at = text.indexOf(" = ") + 3;
        int begin = Math.max(at, text.indexOf(op, at));
        String before = "replace " + name + " with { ";
        return EditOffer.of(
                Kind.REPLACE,
                "Replace…",
                before + text.substring(0, begin),
                text.substring(begin, Math.min(text.length(), begin + op.length())),
                text.substring(Math.min(text.length(), begin + op.length())) + " }",
                "Other nodes, which compute its outputs from any tensors that are there.");
    }

    private String identity(ValueNames names) {
        String output = node.outputs().isEmpty() ? "y" : GraphText.name(names.of(node.output(0)));
        String input = node.inputs().isEmpty() ? "x" : GraphText.name(names.of(node.input(0)));
        return output + " = Identity(" + input + ")";
    }
}
