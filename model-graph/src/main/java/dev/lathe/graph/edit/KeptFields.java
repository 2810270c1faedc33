package dev.lathe.graph.edit;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.io.onnx.KeptNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Lets what graphs and nodes keep in wire form follow an edit, so that it still means the same tensors.
final class KeptFields {
    private KeptFields() {}

    /// In this graph and those inside it; the same instance when nothing there has the name.
    static Graph renamed(Graph graph, String from, String to) {
        UnaryOperator<String> name = n -> n.equals(from) ? to : n;
        boolean changed = false;
        List<Node> nodes = new ArrayList<>(graph.nodes().size());
        for (Node n : graph.nodes()) {
            Node next = n.withExtra(KeptNames.renamedInNode(n.extra(), name));
            if (!n.subgraphs().isEmpty()) {
                Attrs attrs = renamed(n.attrs(), from, to);
                next = attrs == n.attrs() ? next : next.withAttrs(attrs);
            }
            changed |= next != n;
            nodes.add(next);
        }
        Extra extra = KeptNames.renamedInGraph(graph.extra(), name);
        return extra == graph.extra() && !changed ? graph : with(graph, nodes, extra);
    }

    /// Without what is kept of the declaration of an output; the same instance when nothing is.
    static Graph withoutOutput(Graph graph, String name) {
        Extra extra = KeptNames.withoutOutput(graph.extra(), name);
        return extra == graph.extra() ? graph : with(graph, graph.nodes(), extra);
    }

    private static Graph with(Graph graph, List<Node> nodes, Extra extra) {
        return new Graph(
                graph.name(),
                graph.doc(),
                graph.inputs(),
                graph.outputs(),
                nodes,
                table(graph),
                graph.initializers(),
                extra);
    }

    private static Attrs renamed(Attrs attrs, String from, String to) {
        boolean changed = false;
        List<Attrs.Entry> next = new ArrayList<>();
        for (Attrs.Entry e : attrs.entries()) {
            Attr value = e.value();
            if (value instanceof Attr.GraphAttr(Graph g)) {
                Graph r = inside(g, from, to);
                value = r == g ? value : new Attr.GraphAttr(r);
            } else if (value instanceof Attr.GraphsAttr(List<Graph> gs)) {
                List<Graph> r = gs.stream().map(g -> inside(g, from, to)).toList();
                value = r.equals(gs) ? value : new Attr.GraphsAttr(r);
            }
            changed |= value != e.value();
            next.add(value == e.value() ? e : new Attrs.Entry(e.name(), value, e.extra()));
        }
        return changed ? new Attrs(next) : attrs;
    }

    /// A graph that has a tensor of that name of its own means that one.
    private static Graph inside(Graph g, String from, String to) {
        return g.valueNamed(from).isPresent() ? g : renamed(g, from, to);
    }

    private static Map<ValueId, Value> table(Graph graph) {
        Map<ValueId, Value> table = new LinkedHashMap<>();
        graph.values().forEach(v -> table.put(v.id(), v));
        return table;
    }
}
