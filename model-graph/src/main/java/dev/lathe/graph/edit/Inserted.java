package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.io.onnx.KeptNames;
import dev.lathe.graph.text.GraphText;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What came from the text of an edit, on its way into a graph.
final class Inserted {
    private static final String BY = "edit";

    private Inserted() {}

    /// Before this IR version a constant of a graph had to be an input as well.
    private static final int FREE_INITIALIZERS = 4;

    /// What stands in the braces of a statement. Lines and columns of a problem are those in the braces, so it is said
    /// whose they are.
    ///
    /// @param head what stands before the braces
    static GraphText.Fragment read(
            String block, GraphText.Scope scope, Map<String, ValueId> give, IdSpace ids, String head)
            throws LatheException {
        try {
            return GraphText.parseFragment(block, scope, give, ids);
        } catch (LatheException e) {
            Diagnostic d = e.diagnostic();
            throw new LatheException(
                    new Diagnostic(
                            d.severity(),
                            d.code(),
                            "in the braces of '" + head + "', " + d.message(),
                            d.place(),
                            d.remedy()),
                    e);
        }
    }

    /// Enters values and constants. Where a graph has no constants of its own (the body of a function, models
    /// of old IR versions) a constant becomes a node.
    ///
    /// @param there values that the graph has already; they keep their type where the text tells none
    static void into(
            Editor editor, IdSpace ids, GraphText.Fragment fragment, Collection<ValueId> there, boolean constantNodes) {
        for (Value v : fragment.values().values()) {
            if (!there.contains(v.id())) {
                editor.addValue(v);
            } else if (!(v.declared() instanceof ValueType.UnknownType)) {
                editor.declare(v.id(), v.declared());
            }
        }
        fragment.initializers().forEach((id, tensor) -> {
            if (constantNodes) {
                editor.add(constant(ids, id, tensor));
            } else {
                editor.setInitializer(id, tensor);
            }
        });
    }

    /// @param root the main graph or the body of a function that `graph` is in
    static boolean constantNodes(Model model, Graph root, Graph graph) {
        return graph == root && root != model.graph() || model.irVersion() < FREE_INITIALIZERS;
    }

    private static Node constant(IdSpace ids, ValueId id, Tensor tensor) {
        Node made = Node.of(ids.node(), "", "Constant", List.of(), List.of(id), new Origin.Derived(BY, List.of()));
        return made.withAttrs(Attrs.NONE.with("value", new Attr.TensorAttr(tensor)));
    }

    /// Weights that were there for a node only would stay in the file for nobody when it goes.
    ///
    /// @param instead what comes in its place
    static void dropWeightsOf(Node node, Graph graph, List<Node> instead, Editor editor) {
        onlyOf(node, graph, instead)
                .filter(i -> graph.initializer(i).isPresent())
                .forEach(editor::removeInitializer);
    }

    /// The same of sparse weights, which a graph keeps in wire form.
    static UnaryOperator<Graph> withoutSparseOf(Node node, Graph graph, List<Node> instead) {
        Set<String> gone = onlyOf(node, graph, instead).map(graph::nameOf).collect(Collectors.toSet());
        gone.retainAll(KeptNames.sparse(graph.extra()));
        Predicate<String> stays = n -> !gone.contains(n);
        return g -> gone.isEmpty() ? g : g.withExtra(KeptNames.onlyOf(g.extra(), stays, stays));
    }

    /// Inputs of a node that come from nowhere else in the graph and that nobody else needs.
    private static Stream<ValueId> onlyOf(Node node, Graph graph, List<Node> instead) {
        Set<ValueId> used = new HashSet<>();
        for (Node n : instead) {
            used.addAll(n.inputs());
            n.subgraphs().forEach(g -> used.addAll(g.captures()));
        }
        return node.inputs().stream()
                .filter(i -> i.isPresent() && !graph.isInput(i) && !graph.isOutput(i))
                .filter(i -> graph.producer(i).isEmpty())
                .filter(i -> graph.consumers(i).size() == 1 && !used.contains(i));
    }

    /// A node that stands for another, so that what is measured on it is found from the old one.
    static Node of(Node node, Node instead) {
        return node.withOrigin(new Origin.Derived(BY, List.of(instead.origin())));
    }

    static Node invented(Node node) {
        return node.withOrigin(new Origin.Derived(BY, List.of()));
    }
}
