package dev.lathe.graph.edit;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.io.onnx.FileForm;
import dev.lathe.graph.io.onnx.KeptNames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Copies graphs of one model for another: with ids of the other, and names of tensors and dimensions as told.
final class Transplant {
    private final IdSpace ids;
    private final UnaryOperator<String> name;
    private final UnaryOperator<ValueType> type;
    private final Map<ValueId, ValueId> values = new HashMap<>();

    /// @param name what a tensor of the copied graphs is called
    /// @param type what is declared of one instead
    Transplant(IdSpace ids, UnaryOperator<String> name, UnaryOperator<ValueType> type) {
        this.ids = ids;
        this.name = name;
        this.type = type;
    }

    /// Lets a value of the copied graphs be one of the other model.
    void let(ValueId copied, ValueId be) {
        values.put(copied, be);
    }

    ValueId value(ValueId id) {
        return id.isPresent() ? values.computeIfAbsent(id, v -> ids.value()) : id;
    }

    List<ValueId> values(List<ValueId> all) {
        return all.stream().map(this::value).toList();
    }

    Map<ValueId, Value> table(Graph g) {
        Map<ValueId, Value> table = new LinkedHashMap<>();
        g.values().forEach(v -> {
            ValueId id = value(v.id());
            table.put(id, new Value(id, name.apply(v.name()), type.apply(v.declared()), v.extra()));
        });
        return table;
    }

    Map<ValueId, Tensor> initializers(Graph g) {
        Map<ValueId, Tensor> all = new LinkedHashMap<>();
        g.initializers().forEach((id, tensor) -> all.put(value(id), tensor));
        return all;
    }

    Graph graph(Graph g) {
        return new Graph(
                g.name(),
                g.doc(),
                values(g.inputs()),
                values(g.outputs()),
                nodes(g),
                table(g),
                initializers(g),
                extra(g));
    }

    Extra extra(Graph g) {
        return KeptNames.renamedInGraph(FileForm.unmarkedGraph(g.extra()), name);
    }

    List<Node> nodes(Graph g) {
        return g.nodes().stream().map(this::node).toList();
    }

    private Node node(Node n) {
        NodeId id = ids.node();
        return new Node(
                id,
                n.name(),
                n.domain(),
                n.op(),
                n.overload(),
                values(n.inputs()),
                values(n.outputs()),
                attrs(n.attrs()),
                Inserted.invented(n).origin(),
                KeptNames.renamedInNode(FileForm.unmarkedNode(n.extra()), name));
    }

    private Attrs attrs(Attrs attrs) {
        return new Attrs(attrs.entries().stream()
                .map(e -> switch (e.value()) {
                    case Attr.GraphAttr(Graph g) -> new Attrs.Entry(e.name(), new Attr.GraphAttr(graph(g)), e.extra());
                    case Attr.GraphsAttr(List<Graph> gs) ->
                        new Attrs.Entry(
                                e.name(),
                                new Attr.GraphsAttr(gs.stream().map(this::graph).toList()),
                                e.extra());
                    default -> new Attrs.Entry(e.name(), e.value(), FileForm.unmarkedAttribute(e.extra()));
                })
                .toList());
    }

    Function function(Function f) {
        return f.withBody(graph(f.body()));
    }
}
