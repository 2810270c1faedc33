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
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Nodes and tensors of a model by the names that people see.
///
/// A node is called by its name, or by operator and number where the file gives none (`Conv_3`). What
/// stands inside a node has its path before it (`choose.then_branch/Conv_3`), what stands in a model-local
/// function that function's name (`local:Twice/Add_0`). Inside may be left out where the name is the only
/// one of its kind. Where several have a name and a path, `c#2` is the second of them in the order of the
/// model; and operator and number always mean a node, whatever it is called.
public final class ModelNames {
    /// A node in its graph; `root` is the main graph or the body of a function.
    public record NodeAt(Node node, Graph graph, Graph root) {}

    /// A tensor in the graph that defines it.
    public record TensorAt(ValueId id, String name, Graph graph, Graph root) {}

    private static final Pattern ONE_OF = Pattern.compile("(.*)#([1-9][0-9]{0,8})", Pattern.DOTALL);
    private static final Pattern NUMBERED = Pattern.compile("(?:.*/)?(.*)_([0-9]{1,9})", Pattern.DOTALL);

    private static final int NAMES_SHOWN = 8;

    private final Model model;
    private final Map<String, List<NodeAt>> nodes = new LinkedHashMap<>();
    private final Map<String, List<TensorAt>> tensors = new LinkedHashMap<>();
    private boolean collected;

    private ModelNames(Model model) {
        this.model = model;
    }

    public static ModelNames of(Model model) {
        return new ModelNames(model);
    }

    /// Most names are those of one thing of the main graph; only for others all are put together.
    private void collect() {
        if (collected) {
            return;
        }
        collected = true;
        collect(model.graph(), model.graph(), ValueNames.of(model.graph()), "");
        for (Function f : model.functions()) {
            collect(f.body(), f.body(), ValueNames.of(f.body()), f.path());
        }
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
        Graph main = model.graph();
        List<Node> here =
                main.nodes().stream().filter(n -> isCalled(n, name)).limit(2).toList();
        if (here.size() == 1) {
            return new NodeAt(here.getFirst(), main, main);
        }
        collect();
        List<NodeAt> found = nodes.getOrDefault(name, nodes.getOrDefault(INSIDE + name, List.of()));
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (!found.isEmpty()) {
            throw ambiguous(
                    "node",
                    name,
                    found.stream()
                            .map(n -> n.node().op() + "_" + n.node().id().index())
                            .toList());
        }
        return oneOf(nodes, name).or(() -> numbered(name)).orElseThrow(() -> unknown("node", name, nodesLike(name)));
    }

    /// Where nodes are listed; and some of those inside nodes and functions by name: of the same path, else
    /// of the same operator, else any.
    private String nodesLike(String name) {
        List<String> inside = nodes.entrySet().stream()
                .filter(e -> !e.getKey().startsWith(INSIDE)
                        && e.getValue().stream().anyMatch(n -> n.graph() != model.graph()))
                .map(Map.Entry::getKey)
                .toList();
        if (inside.isEmpty()) {
            return "lathe inspect --layers - lists all nodes.";
        }
        String list = "lathe inspect --layers - --inside lists all nodes";
        String path = name.substring(0, name.lastIndexOf('/') + 1);
        Matcher m = NUMBERED.matcher(name);
        String op = m.matches() ? m.group(1) : name;
        List<String> near = inside.stream()
                .filter(n -> !path.isEmpty() && n.startsWith(path))
                .toList();
        if (near.isEmpty()) {
            near = inside.stream()
                    .filter(n -> n.startsWith(op, n.lastIndexOf('/') + 1))
                    .toList();
        }
        List<String> shown = near.isEmpty() ? inside : near;
        return list + "; inside nodes and functions there are "
                + shown.stream().limit(NAMES_SHOWN).map(GraphText::name).collect(Collectors.joining(", "))
                + (shown.size() > NAMES_SHOWN ? " and " + (shown.size() - NAMES_SHOWN) + " more." : ".");
    }

    private static boolean isCalled(Node n, String name) {
        return n.name().isEmpty()
                ? name.startsWith(n.op()) && n.shownName().equals(name)
                : n.name().equals(name);
    }

    /// `c#2`.
    private static <T> Optional<T> oneOf(Map<String, List<T>> all, String name) {
        Matcher m = ONE_OF.matcher(name);
        if (!m.matches()) {
            return Optional.empty();
        }
        List<T> found = all.getOrDefault(m.group(1), all.getOrDefault(INSIDE + m.group(1), List.of()));
        return found.stream().skip(Long.parseLong(m.group(2)) - 1).findFirst();
    }

    /// `Relu_7`, whatever node 7 is called.
    private Optional<NodeAt> numbered(String name) {
        Matcher m = NUMBERED.matcher(name);
        if (!m.matches()) {
            return Optional.empty();
        }
        NodeId id = new NodeId(Integer.parseInt(m.group(2)));
        return nodes.values().stream()
                .flatMap(List::stream)
                .filter(n -> n.node().id().equals(id) && n.node().op().equals(m.group(1)))
                .findFirst();
    }

    /// @throws LatheException when there is none of this name, or more than one
    public TensorAt tensor(String name) throws LatheException {
        Graph main = model.graph();
        Optional<ValueId> only = onlyOne(main, name).filter(id -> main.value(id).isPresent());
        if (only.isPresent()) {
            return new TensorAt(only.get(), name, main, main);
        }
        collect();
        List<TensorAt> found = tensors.getOrDefault(name, tensors.getOrDefault(INSIDE + name, List.of()));
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (!found.isEmpty()) {
            throw ambiguous(
                    "tensor",
                    name,
                    IntStream.rangeClosed(1, found.size())
                            .mapToObj(i -> GraphText.name(name + "#" + i))
                            .toList());
        }
        return oneOf(tensors, name)
                .orElseThrow(() -> unknown("tensor", name, "lathe inspect --shapes - lists all tensors."));
    }

    /// The value whose name nothing else in `root` has; then it is called so everywhere.
    private static Optional<ValueId> onlyOne(Graph root, String name) {
        List<ValueId> found = new ArrayList<>(2);
        root.forEachGraph(g -> {
            for (Value v : g.values()) {
                if (v.name().equals(name)) {
                    found.add(v.id());
                }
            }
        });
        return found.size() == 1 && !name.isEmpty() ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// What statements call the node; empty when the model does not have it.
    public static Optional<String> nodeName(Model model, NodeId id) {
        Optional<String> path = roots(model)
                .flatMap(r -> nodeName(r.graph(), id, r.in()).stream())
                .findFirst();
        return path.map(p -> ModelNames.of(model).unique(p, id));
    }

    private String unique(String path, NodeId id) {
        collect();
        return numberedAmong(
                path, nodes.getOrDefault(path, List.of()), n -> n.node().id().equals(id));
    }

    private static <T> String numberedAmong(String path, List<T> same, Predicate<T> it) {
        for (int i = 0; same.size() > 1 && i < same.size(); i++) {
            if (it.test(same.get(i))) {
                return path + "#" + (i + 1);
            }
        }
        return path;
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
        Optional<String> path = roots(model)
                .flatMap(r ->
                        around(r, id).map(b -> b.in() + ValueNames.of(r.graph()).of(id)).stream())
                .findFirst();
        ModelNames names = ModelNames.of(model);
        names.collect();
        return path.map(p -> numberedAmong(p, names.tensors.getOrDefault(p, List.of()), t -> t.id().equals(id)));
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
                model.functions().stream().map(f -> new Body(f.body(), f.path())));
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

    private static LatheException unknown(String kind, String name, String remedy) {
        return new LatheException(
                Diagnostic.error("edit-unknown", "the model has no " + kind + " '" + name + "'.", Place.nowhere())
                        .withRemedy(remedy));
    }

    private static LatheException ambiguous(String kind, String name, List<String> addresses) {
        return new LatheException(Diagnostic.error(
                        "edit-ambiguous",
                        "the model has " + addresses.size() + " " + kind + "s '" + name + "'",
                        Place.nowhere())
                .withRemedy("Say which: "
                        + addresses.stream().limit(5).collect(Collectors.joining(", "))
                        + (addresses.size() > 5 ? " …" : "")
                        + ", or the path of the body before the name."));
    }

    /// The tensor of this name that a node of `graph` may use.
    static Optional<ValueId> inScope(Graph root, Graph graph, String name) {
        return scope(root, graph).find(name);
    }

    /// The tensors that a node of `graph` may use, by name: its own graph's and those of the graphs around
    /// it.
    static GraphText.Scope scope(Graph root, Graph graph) {
        return new NamesInScope(root, around(root, graph));
    }

    /// All that meets the names of the tensor's graph: what is in there, in the graphs inside it and in those around
    /// it.
    static Stream<Value> seenFrom(TensorAt at) {
        List<Graph> graphs = new ArrayList<>(around(at.root(), at.graph()));
        graphs.removeLast();
        at.graph().forEachGraph(graphs::add);
        return graphs.stream().flatMap(g -> g.values().stream());
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
