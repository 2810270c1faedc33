package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Nodes and tensors of a model by the names that people see.
///
/// A node is called by its name, or by operator and number where the file gives none (`Conv_3`). What
/// stands inside a node has its path before it (`choose.then_branch/Conv_3`), what stands in a model-local
/// function that function's name (`local:Twice/Add_0`). Inside may be left out where the name is the only
/// one of its kind.
public final class ModelNames {
    /// A node in its graph; `root` is the main graph or the body of a function.
    public record NodeAt(Node node, Graph graph, Graph root) {}

    /// A tensor in the graph that defines it.
    public record TensorAt(ValueId id, String name, Graph graph, Graph root) {}

    private final Model model;
    private final Map<String, List<NodeAt>> nodes = new LinkedHashMap<>();
    private final Map<String, List<TensorAt>> tensors = new LinkedHashMap<>();

    private ModelNames(Model model) {
        this.model = model;
    }

    public static ModelNames of(Model model) {
        ModelNames n = new ModelNames(model);
        n.collect(model.graph(), model.graph(), ValueNames.of(model.graph()), "");
        for (Function f : model.functions()) {
            n.collect(f.body(), f.body(), ValueNames.of(f.body()), path(f));
        }
        return n;
    }

    private void collect(Graph graph, Graph root, ValueNames names, String in) {
        for (Value v : graph.values()) {
            TensorAt at = new TensorAt(v.id(), names.of(v.id()), graph, root);
            enter(tensors, in, at.name(), at);
        }
        for (Node n : graph.nodes()) {
            enter(nodes, in, n.shownName(), new NodeAt(n, graph, root));
            bodies(n, in).forEach(b -> collect(b.graph(), root, names, b.in()));
        }
    }

    private static <T> void enter(Map<String, List<T>> into, String in, String name, T at) {
        into.computeIfAbsent(in + name, k -> new ArrayList<>(1)).add(at);
        if (!in.isEmpty()) {
            // Behind those of the main graph: only where nothing there has the name.
            into.computeIfAbsent(INSIDE + name, k -> new ArrayList<>(1)).add(at);
        }
    }

    /// No name has it: it is no character.
    private static final String INSIDE = "\u0000";

    /// @throws LatheException when there is none of this name, or more than one
    public NodeAt node(String name) throws LatheException {
        List<NodeAt> found = nodes.getOrDefault(name, nodes.getOrDefault(INSIDE + name, List.of()));
        if (found.size() != 1) {
            throw wrong("node", name, found.size(), "lathe inspect --layers - lists all nodes.");
        }
        return found.getFirst();
    }

    /// @throws LatheException when there is none of this name, or more than one
    public TensorAt tensor(String name) throws LatheException {
        List<TensorAt> found = tensors.getOrDefault(name, tensors.getOrDefault(INSIDE + name, List.of()));
        if (found.size() != 1) {
            throw wrong("tensor", name, found.size(), "lathe inspect --shapes - lists all tensors.");
        }
        return found.getFirst();
    }

    /// What statements call the node; empty when the model does not have it.
    public static Optional<String> nodeName(Model model, NodeId id) {
        return roots(model)
                .flatMap(r -> nodeName(r.graph(), id, r.in()).stream())
                .findFirst();
    }

    private static Optional<String> nodeName(Graph graph, NodeId id, String in) {
        Optional<String> here = graph.node(id).map(n -> in + n.shownName());
        return here.isPresent()
                ? here
                : bodies(graph, in)
                        .flatMap(b -> nodeName(b.graph(), id, b.in()).stream())
                        .findFirst();
    }

    /// What statements call the tensor; empty when the model does not have it.
    public static Optional<String> tensorName(Model model, ValueId id) {
        return roots(model)
                .flatMap(r ->
                        around(r, id).map(b -> b.in() + ValueNames.of(r.graph()).of(id)).stream())
                .findFirst();
    }

    private static Optional<Body> around(Body body, ValueId id) {
        return body.graph().value(id).isPresent()
                ? Optional.of(body)
                : bodies(body.graph(), body.in())
                        .flatMap(b -> around(b, id).stream())
                        .findFirst();
    }

    /// A graph and what stands before the names of what it has.
    private record Body(Graph graph, String in) {}

    private static Stream<Body> roots(Model model) {
        return Stream.concat(
                Stream.of(new Body(model.graph(), "")),
                model.functions().stream().map(f -> new Body(f.body(), path(f))));
    }

    private static Stream<Body> bodies(Graph graph, String in) {
        return graph.nodes().stream().flatMap(n -> bodies(n, in).stream());
    }

    /// The graphs directly inside a node.
    private static List<Body> bodies(Node n, String in) {
        List<Body> found = new ArrayList<>();
        for (Attrs.Entry e : n.attrs().entries()) {
            String inside = in + n.shownName() + "." + e.name();
            if (e.value() instanceof Attr.GraphAttr(Graph body)) {
                found.add(new Body(body, inside + "/"));
            } else if (e.value() instanceof Attr.GraphsAttr(List<Graph> bodies)) {
                for (int i = 0; i < bodies.size(); i++) {
                    found.add(new Body(bodies.get(i), inside + "[" + i + "]/"));
                }
            }
        }
        return found;
    }

    private static String path(Function f) {
        return f.domain() + ":" + f.name() + (f.overload().isEmpty() ? "" : ":" + f.overload()) + "/";
    }

    /// A tensor of the main graph.
    ///
    /// @throws LatheException when there is none of this name there
    TensorAt mainTensor(String name) throws LatheException {
        TensorAt at = tensor(name);
        if (at.graph() != model.graph()) {
            throw new LatheException(Diagnostic.error(
                    "edit-not-main",
                    "it is inside a node or function, not in the main graph",
                    new Place.AtValue(name)));
        }
        return at;
    }

    private static LatheException wrong(String kind, String name, int count, String remedy) {
        return new LatheException(Diagnostic.error(
                        count == 0 ? "edit-unknown" : "edit-ambiguous",
                        count == 0
                                ? "the model has no " + kind + " '" + name + "'."
                                : "the model has " + count + " " + kind + "s '" + name + "'; say which by its path.",
                        Place.nowhere())
                .withRemedy(remedy));
    }

    /// The tensors that a node of `graph` may use, by name: its own graph's and those of the graphs around
    /// it.
    static Map<String, ValueId> scope(Graph root, Graph graph) {
        Map<String, ValueId> scope = new HashMap<>();
        ValueNames names = ValueNames.of(root);
        for (Graph g : around(root, graph)) {
            g.values().forEach(v -> scope.put(names.of(v.id()), v.id()));
        }
        return scope;
    }

    /// The graphs from `root` to `graph`, outermost first; empty when it is not in there.
    private static List<Graph> around(Graph root, Graph graph) {
        if (root == graph) {
            return List.of(root);
        }
        for (Node n : root.nodes()) {
            for (Graph body : n.subgraphs()) {
                List<Graph> inside = around(body, graph);
                if (!inside.isEmpty()) {
                    List<Graph> all = new ArrayList<>(List.of(root));
                    all.addAll(inside);
                    return all;
                }
            }
        }
        return List.of();
    }
}
